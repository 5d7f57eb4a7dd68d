using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Backend;

internal static class Program
{
    private const string DefaultAddress = "http://127.0.0.1:8000";

    private static Task<int> Main(string[] args) => ServiceHost.RunAsync(args, () =>
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddBackend();
        string[] addresses = ["urls", "http_ports", "https_ports"];
        if (addresses.All(name => string.IsNullOrEmpty(builder.Configuration[name])))
            builder.WebHost.UseUrls(DefaultAddress);
        return builder.Build().MapBackend();
    });
}
