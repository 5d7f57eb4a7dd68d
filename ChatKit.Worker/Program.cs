using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Worker;

internal static class Program
{
    private const int DefaultPort = 8001;

    private static Task<int> Main(string[] args) => ServiceHost.RunAsync(args, () =>
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddWorker();
        builder.UseDefaultAddress(static _ => DefaultPort);
        return builder.Build().MapWorker();
    });
}
