using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults;

/// <summary>
/// The health check of a container, whose image holds neither a shell tool nor curl: <c>dotnet ChatKit.Gateway.dll --probe /health/readiness</c>
/// asks the service that runs in the same container and exits 0 when it answers 2xx.
/// </summary>
public static class HealthProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    /// <summary>Whether the command line asks for a probe instead of the service.</summary>
    public static bool IsRequested(string[] args) => args is ["--probe", _];

    /// <summary>Asks once. 0 when healthy, 1 otherwise (the reason goes to standard error, which compose shows).</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var address = Target(new ConfigurationBuilder().AddEnvironmentVariables().Build(), args[1]);
        try
        {
            using var handler = new SocketsHttpHandler();
            using var client = new HttpClient(handler) { Timeout = Limit };
            using var answer = await client.GetAsync(address);
            if (answer.IsSuccessStatusCode) return 0;
            await Console.Error.WriteLineAsync($"{address} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address}: {failure.Message}");
        }

        return 1;
    }

    /// <summary>The address of a path at the service of this environment, as seen from the same machine; an absolute address stays as it is.</summary>
    internal static Uri Target(IConfiguration environment, string path)
    {
        var url = (environment["ASPNETCORE_URLS"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        var ports = environment["ASPNETCORE_HTTP_PORTS"] ?? environment["HTTP_PORTS"] ?? "8080";
        var port = url is null ? ports.Split(';')[0] : BindingPort(url);
        return new Uri(new Uri($"http://127.0.0.1:{port}"), path);
    }

    /// <summary>The port of a Kestrel binding, whose host may be a wildcard that <see cref="Uri"/> refuses (<c>http://+:8080</c>).</summary>
    private static string BindingPort(string url)
    {
        var port = url.TrimEnd('/')[(url.LastIndexOf(':') + 1)..];
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? port : "80";
    }
}
