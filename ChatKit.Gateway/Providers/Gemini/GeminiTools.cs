using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// Tools and the choice between them (https://ai.google.dev/gemini-api/docs/function-calling). OpenAI's web search becomes Google's; tools in Google's own words
/// (<c>{"codeExecution":{}}</c>), which LiteLLM's clients send among the others, travel as they are.
/// </summary>
internal sealed class GeminiTools(GeminiModel model, UnsupportedParameters unsupported, ICollection<string> losses)
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}"u8);

    private readonly List<GeminiFunction> _functions = [];
    private readonly List<GeminiTool> _others = [];
    private int _strict;

    /// <summary>Functions in one tool, each of Google's own in another; null where there is none.</summary>
    public IReadOnlyList<GeminiTool>? Tools => (_functions.Count, _others.Count) switch
    {
        (0, 0) => null,
        (0, _) => _others,
        _ => [new GeminiTool { FunctionDeclarations = _functions }, .. _others],
    };

    public GatewayError? Read(ChatRequest chat)
    {
        for (var i = 0; i < chat.Tools?.Count; i++)
            if (Add(chat.Tools[i] ?? new ChatTool(), $"tools[{i}]") is { } wrong)
                return wrong;
        if (chat.Take("web_search_options") is { } search)
        {
            if (search.ValueKind is JsonValueKind.Object)
                foreach (var option in search.EnumerateObject())
                    losses.Add($"web_search_options.{option.Name}");
            AddOwn("googleSearch", Empty);
        }

        return OneAtATime(chat);
    }

    /// <summary>The mode; null where it is the default.</summary>
    public GatewayError? Choose(ChatRequest chat, out GeminiToolConfig? config)
    {
        config = null;
        if (ToolChoice.Read(chat.ToolChoice, out var asked) is { } wrong) return wrong;
        if (_functions.Count == 0)
            return asked is { Mode: ToolMode.Required } ? ChatRefusals.Invalid("tool_choice", "'tool_choice' asks for a function, and there are none in 'tools'.") : null;
        var isValidated = _strict == _functions.Count;
        if (_strict > 0 && !isValidated) losses.Add("tools[*].function.strict");
        var calling = asked switch
        {
            { Mode: ToolMode.None } => new GeminiFunctionCalling("NONE"),
            { Tool: { } tool } => new GeminiFunctionCalling("ANY") { AllowedFunctionNames = [tool] },
            { Mode: ToolMode.Required } => new GeminiFunctionCalling("ANY"),
            _ when isValidated => new GeminiFunctionCalling("VALIDATED"),
            null => null,
            _ => new GeminiFunctionCalling("AUTO"),
        };
        config = calling is null ? null : new GeminiToolConfig { FunctionCallingConfig = calling };
        return null;
    }

    private GatewayError? Add(ChatTool tool, string path)
    {
        if (tool.Type is null && tool.Function is null && tool.Others is { Count: 1 } own)
        {
            AddOwn(GeminiOwn.Camel(own.First().Key), own.First().Value);
            return null;
        }

        if (tool.Type is "web_search" or "web_search_preview")
        {
            ChatParameters.LeaveOut(tool.Others, path, losses);
            AddOwn("googleSearch", Empty);
            return null;
        }

        if (tool.Type is not ("function" or null)) return unsupported.DecideValue($"{path}.type", $"A tool of type '{tool.Type}' cannot be carried to {GeminiRequestTranslator.Name}.");
        if (tool.Function is not { Name: { Length: > 0 } name } function) return ChatRefusals.Invalid($"{path}.function.name", "A function needs a name.");
        ChatParameters.LeaveOut(tool.Others, path, losses);
        ChatParameters.LeaveOut(function.Others, $"{path}.function", losses);
        if (tool.CacheControl is not null) losses.Add($"{path}.cache_control");
        if (function.Strict is true) _strict++;
        var schema = function.Parameters is { ValueKind: JsonValueKind.Object } given && given.GetPropertyCount() > 0 ? given : (JsonElement?)null;
        _functions.Add(new GeminiFunction(name)
        {
            Description = function.Description,
            ParametersJsonSchema = model.ReadsJsonSchema ? schema : null,
            Parameters = model.ReadsJsonSchema || schema is null ? null : new GeminiSchema(losses).Clean(schema.Value, $"{path}.function.parameters"),
        });
        return null;
    }

    private void AddOwn(string name, JsonElement value)
    {
        if (!_others.Exists(tool => tool.Others!.ContainsKey(name))) _others.Add(new GeminiTool { Others = new() { [name] = value } });
    }

    /// <summary>Gemini calls as many functions at once as it likes; with a single one the wish is mostly met.</summary>
    private GatewayError? OneAtATime(ChatRequest chat)
    {
        if (chat.ParallelToolCalls is not false || _functions.Count == 0) return null;
        if (_functions.Count > 1) return unsupported.Decide("parallel_tool_calls");
        losses.Add("parallel_tool_calls");
        return null;
    }
}
