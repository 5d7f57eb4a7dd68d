using System.Net;
using System.Net.Sockets;
using ChatKit.ServiceDefaults.Configuration;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace ChatKit.Cli.Up;

/// <summary>
/// Where a host listens. Only addresses and <c>localhost</c>: Kestrel takes any other name for "every address", which nobody means who types one.
/// </summary>
internal sealed record ListenAddress(string Host, int Port)
{
    private const string Local = "localhost";

    /// <summary>Only this machine can reach it.</summary>
    public bool IsLoopback => Host == Local || IPAddress.IsLoopback(IPAddress.Parse(Host));

    public string Url => IPAddress.TryParse(Host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
        ? $"http://[{Host}]:{Port}"
        : $"http://{Host}:{Port}";

    /// <summary>The gateway's port where no option gives one.</summary>
    public static int GatewayPortOf(IConfiguration environment) =>
        GatewayPort.Read(environment) ?? throw new StartupException($"{GatewayPort.Variable} is not a port number");

    /// <summary>Beyond this machine somebody must be asked for a key.</summary>
    public void MustBeLocalWithout(string? masterKey)
    {
        if (masterKey is null && !IsLoopback)
            throw new StartupException($"--host {Host} opens the gateway to the network: set LITELLM_MASTER_KEY to a key of your own first");
    }

    public static ListenAddress Parse(string host, int port)
    {
        host = host.Trim().Trim('[', ']').ToLowerInvariant();
        if (host != Local && !IPAddress.TryParse(host, out _))
            throw new StartupException($"--host {host} is neither an IP address nor localhost");
        return new(host, port);
    }

    /// <summary>How this machine reaches a bound address, which may stand for every interface.</summary>
    public static string Reachable(string boundUrl)
    {
        var url = new UriBuilder(boundUrl);
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
            url.Host = UpOptions.DefaultHost;
        return url.Uri.GetLeftPart(UriPartial.Authority);
    }
}
