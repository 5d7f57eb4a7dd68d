using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Gateway;

internal static class Program
{
    private static Task<int> Main(string[] args) => ServiceHost.RunAsync(args, () =>
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.UseInlineSockets().AddGateway();
        GatewayAddress.Apply(builder);
        return builder.Build().MapGateway();
    });
}
