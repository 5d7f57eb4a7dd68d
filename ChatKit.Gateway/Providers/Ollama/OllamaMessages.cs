using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Ollama;

/// <summary>OpenAI's messages as Ollama's: text is one string, images stand beside it, arguments of calls are objects.</summary>
internal sealed class OllamaMessages(ICollection<string> losses)
{
    private readonly Dictionary<string, string> _calledFunctions = [];

    public GatewayError? Translate(IReadOnlyList<ChatMessage>? given, out List<OllamaMessage> messages)
    {
        messages = new List<OllamaMessage>(given?.Count ?? 0);
        for (var i = 0; i < given?.Count; i++)
        {
            if (Translate(given[i], $"messages[{i}]", out var message) is { } error) return error;
            messages.Add(message!);
        }

        return null;
    }

    private GatewayError? Translate(ChatMessage? given, string path, out OllamaMessage? message)
    {
        message = null;
        if (given?.Role is not ("system" or "developer" or "user" or "assistant" or "tool"))
            return ChatRefusals.Invalid($"{path}.role", "A message needs a role: 'system', 'developer', 'user', 'assistant' or 'tool'.");
        ChatParameters.LeaveOut(given.Others, path, losses);
        var (texts, images) = (new List<string>(), new List<string>());
        if (AddContent(given, path, texts, images) is { } wrongContent) return wrongContent;
        if (Calls(given, path, out var calls) is { } wrongCall) return wrongCall;
        message = new OllamaMessage(given.Role is "developer" ? "system" : given.Role, string.Join('\n', texts))
        {
            Thinking = given is { Role: "assistant", ReasoningContent: { Length: > 0 } thought } ? thought : null,
            Images = images.Count > 0 ? images : null,
            ToolCalls = calls.Count > 0 ? calls : null,
            ToolCallId = given.Role is "tool" ? given.ToolCallId : null,
            ToolName = given is { Role: "tool", ToolCallId: { } id } ? _calledFunctions.GetValueOrDefault(id) : null,
        };
        return null;
    }

    private GatewayError? Calls(ChatMessage given, string path, out List<OllamaCall> calls)
    {
        calls = [];
        for (var i = 0; i < given.ToolCalls?.Count; i++)
        {
            if (given.ToolCalls[i] is not { Function: { Name: { Length: > 0 } name } function } call)
                return ChatRefusals.Invalid($"{path}.tool_calls[{i}]", "A tool call needs the name of its function.");
            if (ToolArguments.Read(function.Arguments) is not { } arguments)
                return ChatRefusals.Invalid($"{path}.tool_calls[{i}].function.arguments", "The arguments of a tool call are a JSON object in a string.");
            if (call.Id is not null) _calledFunctions[call.Id] = name;
            calls.Add(new OllamaCall(call.Id, new OllamaCalled(name, arguments)));
        }

        return null;
    }

    private GatewayError? AddContent(ChatMessage given, string path, List<string> texts, List<string> images)
    {
        for (var i = 0; i < given.Content?.Count; i++)
        {
            var (part, place) = (given.Content[i] ?? new ChatPart(), $"{path}.content[{i}]");
            ChatParameters.LeaveOut(part.Others, place, losses);
            switch (part.Type)
            {
                case "text" when part.Text is not null:
                    texts.Add(part.Text);
                    break;
                case "refusal" when part.Refusal is not null:
                    texts.Add(part.Refusal);
                    break;
                case "image_url" when DataUrl.TryParse(part.ImageUrl?.Url, out var data):
                    images.Add(data.Base64);
                    break;
                case "image_url":
                    return ChatRefusals.UnsupportedValue($"{place}.image_url.url", $"{OllamaRequestTranslator.Name} reads images as base64 data URLs; it fetches none.");
                default:
                    return ChatRefusals.UnsupportedValue(place, $"Content of type '{part.Type}' cannot be carried to {OllamaRequestTranslator.Name}.");
            }
        }

        return null;
    }
}
