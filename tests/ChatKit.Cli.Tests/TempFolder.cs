namespace ChatKit.Cli.Tests;

/// <summary>A working folder that ends with its test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatkit-cli-");

    public string Root => _folder.FullName;

    public string File(string name) => Path.Combine(Root, name);

    public TempFolder With(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return this;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
