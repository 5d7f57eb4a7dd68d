using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Backend;

internal static class Program
{
    private const int DefaultPort = 8000;

    private static Task<int> Main(string[] args) => ServiceHost.RunAsync(args, () =>
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddBackend();
        builder.UseDefaultAddress(static _ => DefaultPort);
        return builder.Build().MapBackend();
    });
}
