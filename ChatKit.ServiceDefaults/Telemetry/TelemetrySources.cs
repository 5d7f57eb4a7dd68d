namespace ChatKit.ServiceDefaults.Telemetry;

/// <summary>What is listened to: the platform's own sources and meters, and ours.</summary>
internal static class TelemetrySources
{
    /// <summary>A service names its source and its meter after its project: <c>ChatKit.Gateway</c>.</summary>
    private const string Ours = "ChatKit.*";

    public static string[] Traces { get; } = [Ours, "Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Quartz"];

    public static string[] Metrics { get; } =
    [
        Ours,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.EntityFrameworkCore",
        "System.Net.Http",
        "System.Runtime",
        "Npgsql",
    ];
}
