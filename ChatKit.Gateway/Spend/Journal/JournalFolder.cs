using ChatKit.ServiceDefaults.Database;

namespace ChatKit.Gateway.Spend.Journal;

/// <summary>
/// Where segments lie. Each belongs to the process that holds its file open, which the system knows by a lock on it: replicas may share a folder, and what a
/// killed one left behind is taken over by the next that starts.
/// </summary>
internal sealed class JournalFolder(string path)
{
    public const string Variable = "CHATKIT_SPEND_JOURNAL";

    private const string Extension = ".spend";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>What the environment says, else beside the database where that is a file, else in the data folder.</summary>
    public static JournalFolder Of(IConfiguration configuration, DatabaseTarget database) => new(
        configuration[Variable] is { Length: > 0 } given ? given
        : database.FilePath is { } file ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!, "spend")
        : System.IO.Path.Combine("data", "spend"));

    /// <summary>A new segment.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public JournalSegment Create(DateTimeOffset now)
    {
        Directory.CreateDirectory(Path);
        var name = $"{now.UtcDateTime:yyyyMMdd-HHmmss-fff}-{Guid.NewGuid().ToString("N")[..12]}";
        var file = System.IO.Path.Combine(Path, name + Extension);
        return JournalSegment.Create(name, file);
    }

    /// <summary>Segments that nobody holds, the oldest first.</summary>
    public IEnumerable<JournalSegment> TakeLeftBehind()
    {
        if (!Directory.Exists(Path)) yield break;
        foreach (var file in Directory.EnumerateFiles(Path, "*" + Extension).Order(StringComparer.Ordinal).ToList())
        {
            if (JournalSegment.TryTake(System.IO.Path.GetFileNameWithoutExtension(file), file) is { } segment) yield return segment;
        }
    }
}
