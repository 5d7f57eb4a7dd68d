namespace ChatKit.Cli.Up;

/// <summary>What the command line of <c>chatkit up</c> said; null where it said nothing.</summary>
internal sealed record UpOptions
{
    public const string DefaultHost = "127.0.0.1";
    public const int DefaultBackendPort = 8000;
    public const string DefaultData = "./data";

    public string? Config { get; init; }

    public int? Port { get; init; }

    public int BackendPort { get; init; } = DefaultBackendPort;

    public string Host { get; init; } = DefaultHost;

    public string? Data { get; init; }
}
