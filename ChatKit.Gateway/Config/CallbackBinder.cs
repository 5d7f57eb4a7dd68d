using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Callbacks;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Binds who is told what calls came to. A name is one of the built-in callbacks or one of <c>callback_settings</c>; LiteLLM has many more, and a file that names
/// them is told that they do nothing here.
/// </summary>
internal sealed class CallbackBinder(ConfigSection root, ConfigSection liteLlm, EnvironmentValues environment)
{
    private const string Otel = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly ConfigSection? _named = root.Section("callback_settings") ?? liteLlm.Section("callback_settings");

    public static IReadOnlyList<string> Keys { get; } =
        ["callbacks", "success_callback", "failure_callback", "callback_settings", "require_auth_for_metrics_endpoint", "enable_end_user_cost_tracking_prometheus_only"];

    public CallbackSettings Bind()
    {
        var asked = Asked();
        var settings = new CallbackSettings
        {
            Prometheus = Prometheus(asked.ContainsKey("prometheus")),
            Webhooks = [.. asked.Select(entry => Webhook(entry.Key, entry.Value)).OfType<WebhookSettings>()],
            Langfuse = asked.Keys.FirstOrDefault(name => name is "langfuse" or "langfuse_otel") is { } langfuse ? Langfuse(asked[langfuse].At) : null,
        };
        if (asked.TryGetValue("otel", out var otel) && environment[Otel] is null)
            liteLlm.Report.Warning(otel.At, $"telemetry goes nowhere until the environment variable {Otel} says where to");
        return settings;
    }

    private Dictionary<string, Wish> Asked()
    {
        var asked = new Dictionary<string, Wish>(StringComparer.Ordinal);
        Ask("callbacks", true, true);
        Ask("success_callback", true, false);
        Ask("failure_callback", false, true);
        return asked;

        void Ask(string key, bool successes, bool failures)
        {
            foreach (var name in liteLlm.Texts(key))
            {
                var before = asked.GetValueOrDefault(name);
                asked[name] = new Wish(liteLlm.At(key), successes || before.Successes, failures || before.Failures);
            }
        }
    }

    private PrometheusSettings? Prometheus(bool isOn)
    {
        var settings = new PrometheusSettings
        {
            AsksForKey = liteLlm.Flag("require_auth_for_metrics_endpoint") ?? true,
            EndUsers = liteLlm.Flag("enable_end_user_cost_tracking_prometheus_only") ?? false,
        };
        return isOn ? settings : null;
    }

    /// <summary>Null for a name that means something else, or nothing.</summary>
    private WebhookSettings? Webhook(string name, Wish wish)
    {
        if (name is "prometheus" or "otel" or "langfuse" or "langfuse_otel") return null;
        if (_named?.Section(name) is { } section) return Webhook(name, section, wish);
        if (name is "generic_api") return Generic(wish);
        liteLlm.Report.Warning(wish.At, $"the callback '{name}' does nothing here; there are prometheus, otel, langfuse, generic_api, and the names under callback_settings");
        return null;
    }

    private static WebhookSettings? Webhook(string name, ConfigSection section, Wish wish)
    {
        if (section.Text("callback_type") is var type && type is not "generic_api")
            section.Report.Problem(section.At("callback_type"), $"must be generic_api, not '{type}'");
        var (endpoint, events) = (section.Text("endpoint"), section.Texts("event_types"));
        foreach (var unknown in events.Where(static name => name is not ("llm_api_success" or "llm_api_failure")))
            section.Report.Problem(section.At("event_types"), $"'{unknown}' is not an event: there are llm_api_success and llm_api_failure");
        var headers = section.Section("headers");
        var format = section.Text("log_format") switch
        {
            null or "json_array" => BatchFormat.JsonArray,
            "ndjson" => BatchFormat.Lines,
            "single" => BatchFormat.Single,
            var other => Unknown(other),
        };
        var secret = section.Text("signing_secret");
        LeftoverKeys.Warn(section, ["callback_type", "endpoint", "event_types", "headers", "log_format", "signing_secret"], []);
        return Address(section, section.At("endpoint"), endpoint) is not { } address ? null : new WebhookSettings(
            name,
            address,
            [.. headers?.Members.Select(member => KeyValuePair.Create(member.Key, new Secret(headers.Text(member.Key) ?? ""))) ?? []],
            wish.Successes && (events.Count == 0 || events.Contains("llm_api_success")),
            wish.Failures && (events.Count == 0 || events.Contains("llm_api_failure")),
            format,
            secret is null ? null : new Secret(secret));

        BatchFormat Unknown(string other)
        {
            section.Report.Problem(section.At("log_format"), $"must be json_array, ndjson or single, not '{other}'");
            return BatchFormat.JsonArray;
        }
    }

    /// <summary>LiteLLM's shortest form: everything from the environment.</summary>
    private WebhookSettings? Generic(Wish wish)
    {
        if (environment["GENERIC_LOGGER_ENDPOINT"] is not { } endpoint)
        {
            liteLlm.Report.Warning(wish.At, "generic_api does nothing until the environment variable GENERIC_LOGGER_ENDPOINT is set, or callback_settings has an entry of that name");
            return null;
        }

        var headers = (environment["GENERIC_LOGGER_HEADERS"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2)).Where(static pair => pair.Length == 2)
            .Select(static pair => KeyValuePair.Create(pair[0].Trim(), new Secret(pair[1].Trim())));
        return Address(liteLlm, wish.At, endpoint) is { } address
            ? new WebhookSettings("generic_api", address, [.. headers], wish.Successes, wish.Failures, BatchFormat.JsonArray, SigningSecret: null)
            : null;
    }

    private LangfuseSettings? Langfuse(Origin at)
    {
        if (environment["LANGFUSE_PUBLIC_KEY"] is { } user && environment["LANGFUSE_SECRET_KEY"] is { } secret)
            return Address(liteLlm, at, environment["LANGFUSE_HOST"] ?? environment["LANGFUSE_BASE_URL"] ?? "https://cloud.langfuse.com") is { } host ? new LangfuseSettings(host, user, new Secret(secret)) : null;
        liteLlm.Report.Warning(at, "langfuse does nothing until the environment variables LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are set");
        return null;
    }

    private static Uri? Address(ConfigSection section, Origin at, string? text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        section.Report.Problem(at, "must be an http or https URL");
        return null;
    }

    private readonly record struct Wish(Origin At, bool Successes, bool Failures);
}
