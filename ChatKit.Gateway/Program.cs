using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Gateway;

internal static class Program
{
    private static Task<int> Main(string[] args) => ServiceHost.RunAsync(args, () =>
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddGateway();
        GatewayAddress.Apply(builder);
        InlineSockets.Use(builder);
        return builder.Build().MapGateway();
    });
}
