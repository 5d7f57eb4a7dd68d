using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Worker;

internal static class Program
{
    private const string DefaultAddress = "http://127.0.0.1:8001";

    private static Task<int> Main(string[] args) => ServiceHost.RunAsync(args, () =>
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddWorker();
        string[] addresses = ["urls", "http_ports", "https_ports"];
        if (addresses.All(name => string.IsNullOrEmpty(builder.Configuration[name])))
            builder.WebHost.UseUrls(DefaultAddress);
        return builder.Build().MapWorker();
    });
}
