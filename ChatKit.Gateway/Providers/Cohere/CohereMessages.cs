using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Cohere;

/// <summary>
/// OpenAI's messages as Cohere's: one for one and in their order, the same roles, nearly the same content. Reasoning goes back as it came: thinking as a block,
/// the plan before calls of tools as <c>tool_plan</c>.
/// </summary>
internal sealed class CohereMessages(ICollection<string> losses)
{
    public GatewayError? Translate(IReadOnlyList<ChatMessage>? given, out List<CohereMessage> messages)
    {
        messages = new List<CohereMessage>(given?.Count ?? 0);
        for (var i = 0; i < given?.Count; i++)
        {
            if (Translate(given[i], $"messages[{i}]", out var message) is { } error) return error;
            messages.Add(message!);
        }

        return messages.Count > 0 ? null : ChatRefusals.Invalid("messages", "At least one message is needed.");
    }

    private GatewayError? Translate(ChatMessage? given, string path, out CohereMessage? message)
    {
        message = null;
        if (given is null) return ChatRefusals.Invalid(path, "A message is an object with a role and content.");
        if (given.FunctionCall is not null) return ChatRefusals.UnsupportedParameter($"{path}.function_call", $"{CohereRequestTranslator.Name}; use 'tool_calls'");
        ChatParameters.LeaveOut(given.Others, path, losses);
        var blocks = new List<CohereBlock>(given.Content?.Count ?? 1);
        if (given.Role is "assistant") AddThinking(given, path, blocks);
        if (AddContent(given, path, blocks) is { } wrongContent) return wrongContent;
        switch (given.Role)
        {
            case "system" or "developer":
                message = new CohereMessage("system") { Content = Content(blocks) };
                return null;
            case "user":
                message = new CohereMessage("user") { Content = Content(blocks) };
                return null;
            case "assistant":
                return Assistant(given, path, blocks, out message);
            case "tool" when given.ToolCallId is { Length: > 0 } id:
                message = new CohereMessage("tool") { ToolCallId = id, Content = Content(blocks) };
                return null;
            case "tool":
                return ChatRefusals.Invalid($"{path}.tool_call_id", "A message of role 'tool' needs the id of the call that it answers.");
            default:
                return ChatRefusals.Invalid($"{path}.role", "A message needs a role: 'system', 'developer', 'user', 'assistant' or 'tool'.");
        }
    }

    private GatewayError? Assistant(ChatMessage given, string path, List<CohereBlock> blocks, out CohereMessage? message)
    {
        message = null;
        var calls = new List<CohereCall>(given.ToolCalls?.Count ?? 0);
        for (var i = 0; i < given.ToolCalls?.Count; i++)
        {
            if (given.ToolCalls[i] is not { Id: { Length: > 0 } id, Function: { Name: { Length: > 0 } name } function } call || call.Type is not (null or "function"))
                return ChatRefusals.Invalid($"{path}.tool_calls[{i}]", "A tool call is of type 'function', with an id and the name of its function.");
            calls.Add(new CohereCall { Id = id, Type = "function", Function = new CohereCalled(name, string.IsNullOrWhiteSpace(function.Arguments) ? "{}" : function.Arguments) });
        }

        var thought = given is { ThinkingBlocks: null or { Count: 0 }, ReasoningContent: { Length: > 0 } text } ? text : null;
        if (thought is not null && calls.Count == 0) losses.Add($"{path}.reasoning_content");
        message = new CohereMessage("assistant")
        {
            Content = blocks.Count > 0 || calls.Count == 0 ? Content(blocks) : null,
            ToolCalls = calls.Count > 0 ? calls : null,
            ToolPlan = calls.Count > 0 ? thought : null,
        };
        return null;
    }

    private void AddThinking(ChatMessage given, string path, List<CohereBlock> blocks)
    {
        for (var i = 0; i < given.ThinkingBlocks?.Count; i++)
        {
            if (given.ThinkingBlocks[i] is { Type: "thinking", Thinking: { Length: > 0 } text }) blocks.Add(new CohereBlock("thinking") { Thinking = text });
            else losses.Add($"{path}.thinking_blocks[{i}]");
        }
    }

    private GatewayError? AddContent(ChatMessage given, string path, List<CohereBlock> blocks)
    {
        for (var i = 0; i < given.Content?.Count; i++)
        {
            var (part, place) = (given.Content[i] ?? new ChatPart(), $"{path}.content[{i}]");
            ChatParameters.LeaveOut(part.Others, place, losses);
            if (part.CacheControl is not null) losses.Add($"{place}.cache_control");
            switch (part.Type)
            {
                case "text" when part.Text is not null:
                    blocks.Add(new CohereBlock("text") { Text = part.Text });
                    break;
                case "refusal" when part.Refusal is not null:
                    blocks.Add(new CohereBlock("text") { Text = part.Refusal });
                    break;
                case "image_url" when given.Role is "user" && part.ImageUrl?.Url is { Length: > 0 } url:
                    blocks.Add(new CohereBlock("image_url") { ImageUrl = new CohereImage(url, part.ImageUrl.Detail) });
                    break;
                default:
                    return ChatRefusals.UnsupportedValue(place, $"Content of type '{part.Type}' cannot be carried to {CohereRequestTranslator.Name} in a message of role '{given.Role}'.");
            }
        }

        if (given.Content is null && given.Refusal is { Length: > 0 } refusal) blocks.Add(new CohereBlock("text") { Text = refusal });
        return null;
    }

    /// <summary>Text alone is a string, as every model takes it.</summary>
    private static JsonElement Content(List<CohereBlock> blocks) => blocks switch
    {
        [] => JsonElement.Parse("\"\""u8),
        [{ Type: "text", Text: { } text }] => JsonElement.Parse(JsonText.Quote(text)),
        _ => JsonSerializer.SerializeToElement(blocks, CohereJson.Default.ListCohereBlock),
    };
}
