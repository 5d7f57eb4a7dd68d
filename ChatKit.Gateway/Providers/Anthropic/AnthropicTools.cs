using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// <c>tools</c> and <c>tool_choice</c> (https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools). A tool whose type OpenAI does not know is
/// Anthropic's own (<c>bash_20250124</c>, <c>web_fetch_20250910</c> …) and travels as it came.
/// </summary>
internal sealed class AnthropicTools(ICollection<string> losses)
{
    /// <summary>The schema of a function without parameters.</summary>
    private static readonly JsonElement NoParameters = JsonElement.Parse("""{"type":"object","properties":{}}"""u8);

    private readonly List<MessagesTool> _tools = [];

    public IReadOnlyList<MessagesTool>? Tools => _tools.Count > 0 ? _tools : null;

    public MessagesToolChoice? Choice { get; private set; }

    /// <summary>True where the model has to call a tool.</summary>
    public bool ForcesTool => Choice is { Type: "any" or "tool" };

    /// <param name="chat">Its tools and its choice.</param>
    /// <param name="search">A tool for <c>web_search_options</c>.</param>
    /// <param name="format">A tool for <c>response_format</c>.</param>
    public GatewayError? Translate(ChatRequest chat, MessagesTool? search, MessagesTool? format)
    {
        for (var i = 0; i < chat.Tools?.Count; i++)
        {
            if (Translate(chat.Tools[i], $"tools[{i}]", out var tool) is { } wrongTool) return wrongTool;
            _tools.Add(tool!);
        }

        if (search is not null) _tools.Add(search);
        if (ToolChoice.Read(chat.ToolChoice, out var asked) is { } wrongChoice) return wrongChoice;
        if (asked is { Mode: ToolMode.Required } && _tools.Count == 0) return ChatRefusals.Invalid("tool_choice", "'tool_choice' asks for a tool, and there are no 'tools'.");
        if (_tools.Count > 0) Choice = Translate(asked, oneOnly: chat.ParallelToolCalls is false ? true : null);
        // Where the client names a tool, this answer is its call and nothing else.
        if (format is not null && asked?.Tool is null) Add(format, asked);
        return null;
    }

    /// <summary><c>modify_params</c>: calls in the conversation are refused where the request has no tools, so it gets one that is of no use.</summary>
    public void Repair(Conversation conversation)
    {
        if (_tools.Count > 0 || !conversation.Turns.Any(static turn => turn.Parts.Exists(static part => part is ToolUse or ToolAnswer))) return;
        _tools.Add(new MessagesTool("dummy_tool") { Description = "Never call this tool: it only stands in for those of the conversation so far.", InputSchema = NoParameters });
    }

    private void Add(MessagesTool format, ToolChoice? asked)
    {
        var mayCallOthers = _tools.Count > 0 && asked is not { Mode: ToolMode.None };
        _tools.Add(format);
        Choice = mayCallOthers ? new MessagesToolChoice("any") { DisableParallelToolUse = Choice?.DisableParallelToolUse } : new MessagesToolChoice("tool") { Name = format.Name };
    }

    private static MessagesToolChoice? Translate(ToolChoice? asked, bool? oneOnly) => asked switch
    {
        null when oneOnly is null => null,
        { Mode: ToolMode.None } => new MessagesToolChoice("none"),
        { Tool: { } tool } => new MessagesToolChoice("tool") { Name = tool, DisableParallelToolUse = oneOnly },
        { Mode: ToolMode.Required } => new MessagesToolChoice("any") { DisableParallelToolUse = oneOnly },
        _ => new MessagesToolChoice("auto") { DisableParallelToolUse = oneOnly },
    };

    private GatewayError? Translate(ChatTool? given, string path, out MessagesTool? tool)
    {
        tool = null;
        if (given is { Type: not (null or "function" or "custom") } && OwnName(given) is { } own)
        {
            tool = new MessagesTool(own) { Type = given.Type, CacheControl = given.CacheControl, Others = given.Others!.Where(static member => member.Key != "name").ToDictionary() };
            return null;
        }

        if (given?.Type is not "function") return ChatRefusals.UnsupportedValue($"{path}.type", $"A tool of type '{given?.Type}' cannot be carried to {AnthropicRequestTranslator.Name}.");
        if (given.Function is not { Name: { Length: > 0 } name } function) return ChatRefusals.Invalid($"{path}.function.name", "A function needs a name.");
        if (name is AnthropicFormat.ToolName) return ChatRefusals.UnsupportedValue($"{path}.function.name", $"The name '{name}' is reserved for structured output.");
        ChatParameters.LeaveOut(given.Others, path, losses);
        ChatParameters.LeaveOut(function.Others, $"{path}.function", losses);
        tool = new MessagesTool(name)
        {
            InputSchema = function.Parameters is { ValueKind: JsonValueKind.Object } schema && schema.GetPropertyCount() > 0 ? schema : NoParameters,
            Description = function.Description,
            Strict = function.Strict is true ? true : null,
            CacheControl = given.CacheControl,
        };
        return null;
    }

    private static string? OwnName(ChatTool tool) =>
        tool.Others is not null && tool.Others.TryGetValue("name", out var name) && name.ValueKind is JsonValueKind.String ? name.GetString() : null;
}
