using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Ollama;

/// <summary>Chat completion request → request to Ollama's own chat (https://docs.ollama.com/api/chat).</summary>
internal sealed class OllamaRequestTranslator(ParameterPolicy policy, ICollection<string> losses)
{
    /// <summary>The provider in errors.</summary>
    public const string Name = "Ollama";

    private static readonly JsonElement NoParameters = JsonElement.Parse("""{"type":"object","properties":{}}"""u8);

    private readonly UnsupportedParameters _unsupported = new(Name, policy, losses);

    /// <summary>The request, or the reason why there is none.</summary>
    public GatewayError? Translate(ChatRequest chat, string model, bool stream, out OllamaRequest? request)
    {
        request = null;
        if (Tools(chat, out var tools) is { } wrongTool) return wrongTool;
        if (Format(chat, out var format) is { } wrongFormat) return wrongFormat;
        if (new OllamaMessages(losses).Translate(chat.Messages, out var messages) is { } wrongMessage) return wrongMessage;
        if (chat.ParallelToolCalls is false && tools.Count > 0 && _unsupported.Decide("parallel_tool_calls") is { } refused) return refused;
        if (chat.ServiceTier is not (null or "auto")) losses.Add("service_tier");
        if (chat.User is { Length: > 0 }) losses.Add("user");
        if (chat.SafetyIdentifier is { Length: > 0 }) losses.Add("safety_identifier");
        var options = Options(chat);
        var (think, effort, keepAlive) = (chat.Take("think"), chat.Take("reasoning_effort"), chat.Take("keep_alive"));
        if (_unsupported.Rest(chat, out var own) is { } unsupported) return unsupported;
        request = new OllamaRequest(model, messages, stream)
        {
            Tools = tools.Count > 0 ? tools : null,
            Format = format,
            Think = think ?? (effort is { ValueKind: JsonValueKind.String } word ? Think(word) : null),
            KeepAlive = keepAlive,
            Options = options.Count > 0 ? options : null,
            Others = own,
        };
        return null;
    }

    /// <summary>OpenAI's parameters under Ollama's names, and Ollama's own from wherever they were written; what stands in <c>options</c> holds.</summary>
    private static Dictionary<string, JsonElement> Options(ChatRequest chat)
    {
        var options = new Dictionary<string, JsonElement>();
        Set("temperature", Number(chat.Temperature));
        Set("top_p", Number(chat.TopP));
        Set("num_predict", Number(chat.MaxCompletionTokens ?? chat.MaxTokens));
        if (chat.Stop is { Count: > 0 } stop) Set("stop", JsonSerializer.SerializeToElement([.. stop], OpenAiJson.Default.ListString));
        foreach (var name in (string[])["seed", "frequency_penalty", "presence_penalty"]) Set(name, chat.Take(name));
        foreach (var name in (string[])[.. chat.Others?.Keys.Where(OllamaParameters.IsOption) ?? []]) Set(name, chat.Take(name));
        if (chat.Take("options") is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var option in given.EnumerateObject()) Set(option.Name, option.Value);
        }

        return options;

        void Set(string name, JsonElement? value)
        {
            if (value is { } known) options[name] = known;
        }
    }

    /// <summary>Ollama's models decide themselves whether to call tools; that none may be called is said by showing none.</summary>
    private GatewayError? Tools(ChatRequest chat, out List<OllamaTool> tools)
    {
        tools = [];
        if (ToolChoice.Read(chat.ToolChoice, out var choice) is { } wrong) return wrong;
        if (choice is { Mode: ToolMode.Required } && _unsupported.Decide("tool_choice") is { } refused) return refused;
        if (choice is { Mode: ToolMode.None }) return null;
        for (var i = 0; i < chat.Tools?.Count; i++)
        {
            if (chat.Tools[i] is not { Type: "function", Function: { Name: { Length: > 0 } name } function })
                return ChatRefusals.UnsupportedValue($"tools[{i}]", $"A tool for {Name} is of type 'function', with a name.");
            if (function.Strict is true) losses.Add($"tools[{i}].function.strict");
            ChatParameters.LeaveOut(chat.Tools[i].Others, $"tools[{i}]", losses);
            ChatParameters.LeaveOut(function.Others, $"tools[{i}].function", losses);
            tools.Add(new OllamaTool("function", new OllamaFunction(name, function.Description, function.Parameters is { ValueKind: JsonValueKind.Object } schema ? schema : NoParameters)));
        }

        return null;
    }

    /// <summary>https://docs.ollama.com/capabilities/structured-outputs</summary>
    private static GatewayError? Format(ChatRequest chat, out JsonElement? format)
    {
        format = chat.Take("format");
        if (chat.Take("response_format") is not { } asked || format is not null) return null;
        var type = asked.ValueKind is JsonValueKind.Object && asked.TryGetProperty("type", out var kind) ? kind.GetString() : null;
        switch (type)
        {
            case "text":
                return null;
            case "json_object":
                format = JsonElement.Parse("\"json\""u8);
                return null;
            case "json_schema" when asked.TryGetProperty("json_schema", out var named) && named.ValueKind is JsonValueKind.Object && named.TryGetProperty("schema", out var schema):
                format = schema;
                return null;
            default:
                return ChatRefusals.Invalid("response_format", "'response_format' is of type 'text', 'json_object', or 'json_schema' with a 'json_schema.schema'.");
        }
    }

    /// <summary>https://docs.ollama.com/capabilities/thinking</summary>
    private static JsonElement Think(JsonElement effort) => effort.GetString() switch
    {
        "none" => JsonElement.Parse("false"u8),
        "minimal" => JsonElement.Parse("\"low\""u8),
        "xhigh" => JsonElement.Parse("\"max\""u8),
        _ => effort,
    };

    private static JsonElement? Number(decimal? value) => value is { } number ? JsonElement.Parse(System.Text.Encoding.UTF8.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture))) : null;
}
