namespace ChatKit.Data.Sqlite;

/// <summary>
/// A file that one process at a time holds open. The operating system lets go of it when the process dies, however it dies, so nothing stale
/// is ever left behind; the empty file stays, because deleting it would let two processes hold two files of one name.
/// </summary>
public static class FileLock
{
    /// <summary>Null where somebody else holds it.</summary>
    public static FileStream? TryTake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
