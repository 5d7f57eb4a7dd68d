using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Tokens;

/// <summary>
/// Estimates the tokens that a request puts before the model, in whichever API's words: messages, prompts, instructions, tools. For OpenAI's models it counts
/// as they do (https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken). Not for the hot path: it reads the whole body once more.
/// </summary>
internal static class RequestTokens
{
    /// <summary>Before the answer, every prompt is primed with <c>&lt;|start|&gt;assistant&lt;|message|&gt;</c>.</summary>
    private const int Priming = 3;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonLimits.Options.MaxDepth };

    /// <param name="body">The request, a JSON object.</param>
    /// <param name="model">The model by the name that its provider knows it by.</param>
    public static int Count(ReadOnlyMemory<byte> body, string model)
    {
        using var request = JsonDocument.Parse(body, Options);
        return Count(request.RootElement, model);
    }

    /// <summary>The same of a request that is parsed already.</summary>
    public static int Count(JsonElement request, string model)
    {
        var encoding = TokenEncodings.Of(model);
        if (request.ValueKind is not JsonValueKind.Object) return 0;
        var (count, isChat, hasTools, hasSystem) = (0, false, false, false);
        foreach (var member in request.EnumerateObject())
        {
            switch (member.Name)
            {
                case "messages" or "contents":
                    isChat = true;
                    hasSystem |= MessageTokens.BeginsWithSystem(member.Value);
                    count += MessageTokens.CountAll(encoding, member.Value);
                    break;
                case "input" when member.Value.ValueKind is JsonValueKind.Array && MessageTokens.HoldsItems(member.Value):
                    isChat = true;
                    count += MessageTokens.CountAll(encoding, member.Value);
                    break;
                case "system" or "instructions" or "systemInstruction" or "system_instruction":
                    hasSystem = isChat = true;
                    count += MessageTokens.PerMessage + MessageTokens.CountContent(encoding, member.Value);
                    break;
                case "input" or "prompt" or "query" or "documents" or "texts" or "content":
                    count += MessageTokens.CountContent(encoding, member.Value);
                    break;
                case "tools" or "functions":
                    hasTools |= member.Value.ValueKind is JsonValueKind.Array && member.Value.GetArrayLength() > 0;
                    count += ToolTokens.Count(encoding, member.Value);
                    break;
                case "tool_choice" or "function_call":
                    count += ToolTokens.CountChoice(encoding, member.Value);
                    break;
                default:
                    break;
            }
        }

        // Tools stand in the system message, whose frame is then counted already.
        if (hasTools && hasSystem) count -= ToolTokens.SharedWithSystem;
        return isChat ? count + Priming : count;
    }
}
