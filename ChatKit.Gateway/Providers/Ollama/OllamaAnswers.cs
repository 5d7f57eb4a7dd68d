using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Ollama;

/// <summary>Ollama's answer → chat completion, and what plain and streamed answers share.</summary>
internal static class OllamaAnswers
{
    public static ChatCompletion Translate(OllamaAnswer answer, string clientModel, long created)
    {
        var message = answer.Message!;
        var calls = Calls(message, firstIndex: null);
        var completed = new ChatAnswer(message.Content is { Length: > 0 } || calls.Count == 0 ? message.Content ?? "" : null)
        {
            ReasoningContent = message.Thinking is { Length: > 0 } thought ? thought : null,
            ToolCalls = calls.Count > 0 ? calls : null,
        };
        return new ChatCompletion(NewId(), created, clientModel, [new ChatChoice(0, completed, FinishReason(answer.DoneReason, calls.Count > 0))], Usage(Tokens(answer)));
    }

    public static OllamaAnswer? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonUnicode.Read(json, OllamaJson.Default.OllamaAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The calls, whole as Ollama sends them; older versions give them no ids, which OpenAI's clients need.</summary>
    /// <param name="message">An answer, or a line of one.</param>
    /// <param name="firstIndex">For a stream: the place of the first among all calls.</param>
    public static List<ChatToolCall> Calls(OllamaAnswerMessage message, int? firstIndex) =>
    [
        .. (message.ToolCalls ?? []).OfType<OllamaCall>().Select((call, i) => new ChatToolCall
        {
            Index = firstIndex + i,
            Id = call.Id is { Length: > 0 } id ? id : $"call_{Guid.NewGuid():N}",
            Type = "function",
            Function = new ChatFunctionCall(call.Function?.Name, call.Function?.Arguments is { ValueKind: JsonValueKind.Object } arguments ? arguments.GetRawText() : "{}"),
        }),
    ];

    public static string FinishReason(string? reason, bool calledTools) => calledTools ? "tool_calls" : reason is "length" ? "length" : "stop";

    public static TokenUsage Tokens(OllamaAnswer answer) => new(answer.PromptEvalCount ?? 0, answer.EvalCount ?? 0);

    public static ChatUsage Usage(in TokenUsage tokens) => new(tokens.Input, tokens.Output, tokens.Input + tokens.Output, new ChatPromptDetails(0), new ChatCompletionDetails(0));

    public static GatewayError Failed(string message) => new(500, "api_error", ErrorWire.Shorten(message)) { Origin = ErrorOrigin.UpstreamStatus };

    public static string NewId() => $"chatcmpl-{Guid.NewGuid():N}";
}
