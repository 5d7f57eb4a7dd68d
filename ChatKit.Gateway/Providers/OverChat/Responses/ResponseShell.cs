using System.Text.Json;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>The parts of a response that repeat the request, with OpenAI's defaults where it was silent.</summary>
internal static class ResponseShell
{
    private static readonly JsonElement NoTools = JsonElement.Parse("[]");
    private static readonly JsonElement NoMetadata = JsonElement.Parse("{}");
    private static readonly JsonElement Auto = JsonElement.Parse("\"auto\"");
    private static readonly JsonElement PlainText = JsonElement.Parse("""{"format":{"type":"text"}}""");
    private static readonly JsonElement NoReasoning = JsonElement.Parse("""{"effort":null,"summary":null}""");

    public static GivenResponse Of(AskedResponse asked, ModelCall call, string id, long createdAt) => new(id, createdAt, call.ClientModel)
    {
        Instructions = asked.Instructions,
        MaxOutputTokens = asked.MaxOutputTokens,
        ParallelToolCalls = asked.ParallelToolCalls ?? true,
        PreviousResponseId = call.Response?.PreviousId,
        Reasoning = Given(call, "reasoning") ?? NoReasoning,
        SafetyIdentifier = asked.SafetyIdentifier,
        Store = call.Response?.IsStored ?? false,
        Temperature = asked.Temperature ?? 1,
        Text = Given(call, "text") ?? PlainText,
        ToolChoice = Given(call, "tool_choice") ?? Auto,
        Tools = Given(call, "tools") ?? NoTools,
        TopP = asked.TopP ?? 1,
        Truncation = asked.Truncation ?? "disabled",
        User = asked.User,
        Metadata = Given(call, "metadata") ?? NoMetadata,
    };

    /// <summary>A member of the request as the client wrote it; null where it is not given.</summary>
    private static JsonElement? Given(ModelCall call, string name)
    {
        var body = call.Body.Span;
        Span<char> memory = stackalloc char[Wire.Json.JsonMember.LongestName];
        foreach (var member in call.Envelope.Members)
        {
            if (member.Kind is not JsonTokenType.Null && member.Name(body, memory).SequenceEqual(name)) return ChatBody.Json(member.Value(body));
        }

        return null;
    }
}
