namespace ChatKit.Architecture.Tests;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "node_modules", ".git"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every C# source file that people wrote, as a path relative to the root with forward slashes.</summary>
    public static IReadOnlyList<string> Sources { get; } = [.. Files("*.cs").Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal))];

    public static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(Generated.Contains))
            .Order(StringComparer.Ordinal);

    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ChatKit.sln")))
                return folder.FullName;
        throw new InvalidOperationException("ChatKit.sln was not found above the test assembly.");
    }
}
