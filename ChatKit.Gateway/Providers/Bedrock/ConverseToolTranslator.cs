using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary><c>tools</c> and <c>tool_choice</c> → <c>toolConfig</c>, with the tool that gives the answer its structure where there is one.</summary>
internal sealed class ConverseToolTranslator(ParameterPolicy policy, UnsupportedParameters unsupported, ICollection<string> losses)
{
    private static readonly JsonElement NoParameters = JsonElement.Parse("""{"type":"object","properties":{}}"""u8);

    /// <summary>Claude does not think where it is made to call a tool.</summary>
    public required bool Thinks { get; init; }

    /// <summary>The conversation has calls of tools, which Bedrock refuses where no tools are given.</summary>
    public required bool HasToolTurns { get; init; }

    /// <summary>Null where there are no tools.</summary>
    public ToolConfig? Config { get; private set; }

    /// <summary>The model has to call a tool.</summary>
    public bool ForcesTool => Config?.ToolChoice is { Any: not null } or { Tool: not null };

    public GatewayError? Translate(ChatRequest chat, ConverseTool? structure)
    {
        var tools = new List<ConverseTool>(chat.Tools?.Count ?? 0);
        for (var i = 0; i < chat.Tools?.Count; i++)
            if (Add(chat.Tools[i], i, tools) is { } wrong)
                return wrong;
        if (ToolChoice.Read(chat.ToolChoice, out var asked) is { } wrongChoice) return wrongChoice;
        if (asked is { Mode: ToolMode.Required } && tools.Count == 0) return ChatRefusals.Invalid("tool_choice", "'tool_choice' asks for a tool, and there are no 'tools'.");
        if (asked is { Mode: ToolMode.None } && NoCalls(tools) is { } notNone) return notNone;

        var choice = Choice(asked, tools.Count > 0 && structure is not null, structure is not null);
        if (structure is not null) tools.Add(structure);
        if (tools.Count == 0 && HasToolTurns && policy.Repairs) tools.Add(Stand());
        if (tools.Count > 0) Config = new ToolConfig(tools) { ToolChoice = choice };
        return null;
    }

    private GatewayError? Add(ChatTool? tool, int index, List<ConverseTool> tools)
    {
        if (tool?.Type is not "function") return ChatRefusals.UnsupportedValue($"tools[{index}].type", $"A tool of type '{tool?.Type}' cannot be carried to {ConverseTranslator.Name}.");
        if (tool.Function is not { Name: { Length: > 0 } name } function) return ChatRefusals.Invalid($"tools[{index}].function.name", "A function needs a name.");
        ChatParameters.LeaveOut(tool.Others, $"tools[{index}]", losses);
        ChatParameters.LeaveOut(function.Others, $"tools[{index}].function", losses);
        var schema = function.Parameters is { ValueKind: JsonValueKind.Object } given && given.GetPropertyCount() > 0 ? given : NoParameters;
        tools.Add(new ConverseTool
        {
            ToolSpec = new ConverseToolSpec(name, new ConverseToolSchema(schema))
            {
                Description = string.IsNullOrEmpty(function.Description) ? null : function.Description,
                Strict = function.Strict is true ? true : null,
            },
        });
        if (CachePoints.Of(tool.CacheControl) is { } point) tools.Add(new ConverseTool { CachePoint = point });
        return null;
    }

    /// <summary>Bedrock has no such choice: without tools the model calls none. Where earlier turns have calls, it wants them again.</summary>
    private GatewayError? NoCalls(List<ConverseTool> tools)
    {
        if (HasToolTurns) return unsupported.DecideValue("tool_choice", $"{ConverseTranslator.Name} cannot be kept from calling tools in a conversation that has calls of them.");
        tools.Clear();
        return null;
    }

    private ConverseToolChoice? Choice(ToolChoice? asked, bool besidesStructure, bool structured) => asked switch
    {
        { Tool: { } name } => new() { Tool = new ConverseToolName(name) },
        { Mode: ToolMode.Required } => new() { Any = new Empty() },
        _ when structured && Thinks => new() { Auto = new Empty() },
        _ when besidesStructure => new() { Any = new Empty() },
        _ when structured => new() { Tool = new ConverseToolName(ConverseStructure.ToolName) },
        { Mode: ToolMode.Auto } => new() { Auto = new Empty() },
        _ => null,
    };

    /// <summary><c>modify_params</c>: a tool that nobody calls, as LiteLLM adds it.</summary>
    private static ConverseTool Stand() => new()
    {
        ToolSpec = new ConverseToolSpec("dummy_tool", new ConverseToolSchema(NoParameters)) { Description = "Stands for the tools of earlier turns. Do not call it." },
    };
}
