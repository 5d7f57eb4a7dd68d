namespace ChatKit.ServiceDefaults.Hosting;

/// <summary>
/// What keeps a service from starting, told to the person who starts it: one sentence and exit code 1 in place of a stack trace. Thrown
/// only before a service answers its first request. A service that has more to tell, such as the lines of a file, derives from it.
/// </summary>
public class StartupException : Exception
{
    public StartupException(string message) : base(message) { }

    public StartupException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Every problem at once, in one sentence.</summary>
    public StartupException(IReadOnlyCollection<string> problems) : base(string.Join("; ", problems)) { }
}
