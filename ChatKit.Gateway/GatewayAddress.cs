using ChatKit.ServiceDefaults.Configuration;
using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Gateway;

/// <summary>Where the gateway listens when it runs alone: where ASP.NET Core's own settings say, else on this machine at <c>LITELLM_PORT</c>.</summary>
internal static class GatewayAddress
{
    public static void Apply(WebApplicationBuilder builder) => builder.UseDefaultAddress(static configuration =>
        GatewayPort.Read(configuration) ?? throw new StartupException($"{GatewayPort.Variable} is not a port: a number from 1 to 65535 is expected"));
}
