using ChatKit.ServiceDefaults.Configuration;
using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Gateway;

/// <summary>Where the gateway listens when it runs alone: where ASP.NET Core's own settings say, else on this machine at <c>LITELLM_PORT</c>.</summary>
internal static class GatewayAddress
{
    private static readonly string[] Settings = ["urls", "http_ports", "https_ports"];

    public static void Apply(WebApplicationBuilder builder)
    {
        if (Settings.Any(name => !string.IsNullOrEmpty(builder.Configuration[name]))) return;
        var port = GatewayPort.Read(builder.Configuration)
            ?? throw new StartupException($"{GatewayPort.Variable} is not a port: a number from 1 to 65535 is expected");
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
    }
}
