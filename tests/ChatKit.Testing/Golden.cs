using System.Text;
using Xunit;

namespace ChatKit.Testing;

/// <summary>
/// Compares bytes with a file of the repository. Where they should differ from now on, run the tests with <c>CHATKIT_GOLDEN=write</c> and read the diff.
/// </summary>
public static class Golden
{
    /// <summary>The repository's root, found from where the tests run.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Asserts that <paramref name="actual"/> is the content of the file at this path from the root.</summary>
    public static void Matches(string path, string actual)
    {
        var file = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("CHATKIT_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.True(File.Exists(file), $"{path} does not exist; run once with CHATKIT_GOLDEN=write.");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    /// <summary>A file of the repository as text.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ChatKit.sln")))
                return folder.FullName;
        throw new InvalidOperationException("ChatKit.sln was not found above the test assembly.");
    }
}
