using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Config;

/// <summary>Binds a guardrail that asks a service.</summary>
internal sealed class JudgeBinder(ConfigSection parameters, EnvironmentValues environment)
{
    private const string WebhookPath = "/beta/litellm_basic_guardrail_api";

    public static IReadOnlyList<string> Keys { get; } = ["api_key", "api_base", "model", "timeout", "unreachable_fallback", "headers", "additional_provider_specific_params"];

    public JudgeSettings? Bind(string kind)
    {
        var isModeration = kind is "openai_moderation";
        var address = parameters.Text("api_base") ?? (isModeration ? environment["OPENAI_API_BASE"] ?? "https://api.openai.com/v1" : environment["GENERIC_GUARDRAIL_API_BASE"]);
        var key = parameters.Text("api_key") ?? (isModeration ? environment["OPENAI_API_KEY"] : environment["GENERIC_GUARDRAIL_API_KEY"]);
        if (address is null || !Uri.TryCreate(address.TrimEnd('/'), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            parameters.Report.Problem(parameters.At("api_base"), "must be the http or https address of the service");
            return null;
        }

        if (isModeration && key is null) parameters.Report.Problem(parameters.At("api_key"), "must be a key of OpenAI's; without one nobody judges");
        var path = isModeration ? "/moderations" : WebhookPath;
        return new JudgeSettings(isModeration ? JudgeKind.OpenAiModeration : JudgeKind.Webhook, uri.AbsolutePath.EndsWith(path, StringComparison.Ordinal) ? uri : new Uri(address.TrimEnd('/') + path))
        {
            ApiKey = key is null ? null : new Secret(key),
            Model = parameters.Text("model") ?? "omni-moderation-latest",
            Patience = parameters.Seconds("timeout") ?? TimeSpan.FromSeconds(10),
            FailsOpen = FailsOpen(),
            Headers = Headers(),
            Parameters = parameters.Node("additional_provider_specific_params") is { } given ? ConfigJson.Of(given, environment, parameters.Report) : ReadOnlyMemory<byte>.Empty,
        };
    }

    private bool FailsOpen()
    {
        var text = parameters.Text("unreachable_fallback");
        if (text is not (null or "fail_open" or "fail_closed")) parameters.Report.Problem(parameters.At("unreachable_fallback"), $"must be fail_closed or fail_open, not '{text}'");
        return text is "fail_open";
    }

    private List<KeyValuePair<string, string>> Headers()
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (parameters.Section("headers") is not { } section) return headers;
        foreach (var member in section.Members)
        {
            if (section.Text(member.Key) is not { } value) continue;
            if (HeaderNames.IsValid(member.Key) && HeaderNames.IsValidValue(value)) headers.Add(new(member.Key, value));
            else section.Report.Problem(member.Origin, "is no HTTP header");
        }

        return headers;
    }
}
