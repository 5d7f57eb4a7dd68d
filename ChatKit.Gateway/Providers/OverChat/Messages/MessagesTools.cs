using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.Messages;

/// <summary>
/// Tools → functions. Those that Anthropic runs on its servers or has trained its models on (<c>web_search_…</c>, <c>bash_…</c>) exist nowhere else
/// (https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview).
/// </summary>
internal sealed class MessagesTools(ChatExtensions extensions, Uncarried uncarried)
{
    /// <summary>Null where there are none.</summary>
    public GatewayError? Translate(IReadOnlyList<AskedTool?>? asked, out List<ChatTool>? tools)
    {
        tools = null;
        for (var i = 0; i < asked?.Count; i++)
        {
            if (Translate(asked[i] ?? new AskedTool(), $"tools[{i}]", out var tool) is { } wrong) return wrong;
            if (tool is not null) (tools ??= []).Add(tool);
        }

        return null;
    }

    private GatewayError? Translate(AskedTool asked, string path, out ChatTool? tool)
    {
        tool = null;
        if (asked.Type is not (null or "custom")) return uncarried.Refuse($"{path}.{asked.Type}");
        if (asked.Name is not { Length: > 0 }) return ChatRefusals.Invalid($"{path}.name", "A tool needs a name.");
        foreach (var (name, value) in asked.Others ?? [])
            if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
                uncarried.Lose($"{path}.{name}");
        tool = new ChatTool
        {
            Type = "function",
            Function = new ChatFunction
            {
                Name = asked.Name,
                Description = asked.Description,
                Parameters = asked.InputSchema,
                Strict = asked.Strict is true ? true : null,
            },
            CacheControl = Breakpoint(asked.CacheControl),
        };
        return null;
    }

    private JsonElement? Breakpoint(JsonElement? asked)
    {
        if (asked is not { ValueKind: JsonValueKind.Object } || extensions.HasFlag(ChatExtensions.CacheControl)) return asked;
        uncarried.Lose("cache_control");
        return null;
    }
}
