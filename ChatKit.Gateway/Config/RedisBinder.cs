using System.Globalization;
using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Binds where Redis is, under LiteLLM's names (https://docs.litellm.ai/docs/proxy/config_settings): <c>redis_url</c>, else <c>redis_host</c> and what belongs to
/// it. What the file leaves out comes from the environment: <c>REDIS_URL</c>, <c>REDIS_HOST</c>, <c>REDIS_PORT</c>, <c>REDIS_PASSWORD</c>;
/// or from the orchestrator, as <c>ConnectionStrings__redis</c>.
/// </summary>
/// <param name="router">The section.</param>
/// <param name="environment">Where the rest is.</param>
/// <param name="prefix">Stands before each name: none in <c>cache_params</c>.</param>
internal sealed class RedisBinder(ConfigSection router, EnvironmentValues environment, string prefix = "redis_")
{
    public static IReadOnlyList<string> Keys { get; } = ["redis_host", "redis_port", "redis_password", "redis_url", "redis_db"];

    private const string Injected = "ConnectionStrings:redis";

    /// <summary>Null where no Redis is configured.</summary>
    public RedisSettings? Bind()
    {
        var (url, host, port, password, database) =
            (router.Text(prefix + "url"), router.Text(prefix + "host"), router.WholeNumber(prefix + "port", minimum: 1), router.Text(prefix + "password"), router.WholeNumber(prefix + "db"));
        if (url is not null) return OfUrl(url, router.At(prefix + "url"));
        if (host is null && environment["REDIS_URL"] is { } fromEnvironment) return OfUrl(fromEnvironment, Origin.Environment("REDIS_URL"));
        if ((host ?? environment["REDIS_HOST"]) is not { } name) return environment[Injected] is { } injected ? OfConnectionString(injected) : null;
        if ((port ?? PortOfEnvironment()) is not (> 0 and <= ushort.MaxValue and var number))
        {
            router.Report.Problem(router.At(prefix + "port"), $"must be a port number, 1 to {ushort.MaxValue}");
            return null;
        }

        return new RedisSettings(name, number, (password ?? environment["REDIS_PASSWORD"]) is { Length: > 0 } secret ? new Secret(secret) : null) { Database = database ?? 0 };
    }

    /// <summary><c>host:port,password=…,ssl=true</c>, as Aspire gives it (https://stackexchange.github.io/StackExchange.Redis/Configuration).</summary>
    private RedisSettings? OfConnectionString(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var address = parts.FirstOrDefault(part => !part.Contains('=')) ?? "";
        var colon = address.LastIndexOf(':');
        var (host, port) = colon < 0 ? (address, RedisSettings.DefaultPort) : (address[..colon], int.TryParse(address.AsSpan(colon + 1), out var number) ? number : 0);
        if (host.Length == 0 || port is not (> 0 and <= ushort.MaxValue))
        {
            router.Report.Problem(Origin.Environment(Injected), "must be host:port, and after commas password=… or ssl=true");
            return null;
        }

        return new RedisSettings(host, port, Option("password") is { Length: > 0 } password ? new Secret(password) : null)
        {
            Database = int.TryParse(Option("defaultDatabase"), out var database) ? database : 0,
            UsesTls = bool.TryParse(Option("ssl"), out var tls) && tls,
        };

        string? Option(string name) => parts.FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..];
    }

    private int PortOfEnvironment() => environment["REDIS_PORT"] is not { } text ? RedisSettings.DefaultPort : int.TryParse(text, out var port) ? port : 0;

    /// <summary><c>redis://[:password@]host[:port][/database]</c>, <c>rediss://</c> over TLS (https://www.iana.org/assignments/uri-schemes/prov/redis).</summary>
    private RedisSettings? OfUrl(string text, Origin origin)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss") || url.Host.Length == 0
            || (url.AbsolutePath is not ("" or "/") && !int.TryParse(url.AbsolutePath.AsSpan(1), out _)))
        {
            router.Report.Problem(origin, "must be redis://:password@host:port/database, or rediss:// for TLS");
            return null;
        }

        var account = url.UserInfo.Split(':', 2);
        if (account[0] is not ("" or "default"))
            router.Report.Problem(origin, $"names the account {Uri.UnescapeDataString(account[0])}; only the default account, with a password or without, can be used");
        return new RedisSettings(url.Host, url.Port > 0 ? url.Port : RedisSettings.DefaultPort, account.Length == 2 ? new Secret(Uri.UnescapeDataString(account[1])) : null)
        {
            Database = url.AbsolutePath.Length > 1 ? int.Parse(url.AbsolutePath.AsSpan(1), CultureInfo.InvariantCulture) : 0,
            UsesTls = url.Scheme is "rediss",
        };
    }
}
