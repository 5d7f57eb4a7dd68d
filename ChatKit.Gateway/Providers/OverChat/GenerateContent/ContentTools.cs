using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.GenerateContent;

/// <summary>Function declarations → tools, the mode → the choice between them. Of Google's own tools only the search has a counterpart.</summary>
internal sealed class ContentTools(Uncarried uncarried)
{
    private readonly List<ChatTool> _functions = [];

    public IReadOnlyList<ChatTool> Functions => _functions;

    public bool Searches { get; private set; }

    public JsonElement? Choice { get; private set; }

    public GatewayError? Translate(GenerateContentRequest asked)
    {
        for (var i = 0; i < asked.Tools?.Count; i++)
            if (Add(asked.Tools[i] ?? new GeminiTool(), $"tools[{i}]") is { } wrong)
                return wrong;
        return Choose(asked.ToolConfig);
    }

    private GatewayError? Add(GeminiTool tool, string path)
    {
        foreach (var (name, value) in tool.Others ?? [])
        {
            if (value.ValueKind is JsonValueKind.Null) continue;
            if (name is "googleSearch") Searches = true;
            else if (uncarried.Refuse($"{path}.{name}") is { } refused) return refused;
        }

        for (var i = 0; i < tool.FunctionDeclarations?.Count; i++)
        {
            if (tool.FunctionDeclarations[i] is not { Name: { Length: > 0 } } function) return ChatRefusals.Invalid($"{path}.functionDeclarations[{i}].name", "A function needs a name.");
            var schema = function.ParametersJsonSchema ?? (function.Parameters is { ValueKind: JsonValueKind.Object } own ? ContentSchema.ToJsonSchema(own) : null);
            _functions.Add(new ChatTool { Type = "function", Function = new ChatFunction { Name = function.Name, Description = function.Description, Parameters = schema } });
        }

        return null;
    }

    /// <summary>https://ai.google.dev/api/caching#FunctionCallingConfig. Of several allowed functions one must be called: the others are not offered.</summary>
    private GatewayError? Choose(GeminiToolConfig? config)
    {
        foreach (var (name, value) in config?.Others ?? [])
            if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
                uncarried.Lose($"toolConfig.{name}");
        if (config?.FunctionCallingConfig is not { Mode: { } mode } calling || _functions.Count == 0) return null;
        if (calling.AllowedFunctionNames is { Count: > 1 } several) _functions.RemoveAll(tool => !several.Contains(tool.Function!.Name!));
        Choice = mode switch
        {
            "AUTO" or "VALIDATED" => ChatBody.Text("auto"),
            "NONE" => ChatBody.Text("none"),
            "ANY" when calling.AllowedFunctionNames is [{ } only] => ChatBody.Json($$$"""{"type":"function","function":{"name":{{{ChatBody.Text(only).GetRawText()}}}}}"""),
            "ANY" => ChatBody.Text("required"),
            _ => null,
        };
        return Choice is null && mode is not "MODE_UNSPECIFIED" ? ChatRefusals.Invalid("toolConfig.functionCallingConfig.mode", "The mode is 'AUTO', 'ANY', 'NONE' or 'VALIDATED'.") : null;
    }
}
