using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.Completions;

/// <summary>
/// Text completions (https://platform.openai.com/docs/api-reference/completions) at a model that only chats: the prompt is what the user says, and what the
/// assistant answers is the text. As close as a chat model comes to continuing a text, and what LiteLLM does too. Most parameters have the same name and meaning
/// in both APIs and travel as they came; those that only make sense where the very text of the prompt is continued are refused by name.
/// </summary>
internal sealed class CompletionsTranslation : IChatTranslation
{
    private const string ChatModels = "a model that only chats";

    public GatewayError? WriteChat(ModelCall call, ChatExtensions extensions, IBufferWriter<byte> chat, ICollection<string> losses)
    {
        var source = call.Body.Span;
        var splice = new JsonSplice(source, call.Envelope.ObjectStart, chat);
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        ReadOnlySpan<byte> prompt = default;
        var unsupported = new UnsupportedParameters(ChatModels, call.Parameters, losses);
        foreach (var member in call.Envelope.Members)
        {
            var name = member.Name(source, memory);
            switch (name)
            {
                case "echo" or "best_of" or "suffix" or "logprobs":
                    // Chat's logprobs is a switch, and its positions count from the answer's beginning, not the prompt's.
                    if (!AsksNothing(name, member, source) && unsupported.Decide(name.ToString()) is { } refused) return refused;
                    splice.Drop(member);
                    break;
                case "messages":
                    losses.Add("messages");
                    splice.Drop(member);
                    break;
                case "prompt":
                    prompt = member.Value(source);
                    splice.Drop(member);
                    break;
                default:
                    splice.Keep(member);
                    break;
            }
        }

        if (Text(prompt, out var text) is { } wrong) return wrong;
        byte[] messages = [.. """[{"role":"user","content":"""u8, .. prompt[text], .. "}]"u8];
        splice.Append("messages", messages);
        splice.Finish();
        return null;
    }

    public void WriteAnswer(ModelCall call, ChatReply reply, in AnswerFacts facts, IBufferWriter<byte> output) =>
        TextCompletion.Of(reply, static choice => choice.Message, facts.Usage).WriteTo(output);

    public IChunkTranslation OpenStream(ModelCall call) => new CompletionsStream(call.Envelope.IncludeUsage);

    /// <summary>The one string that a prompt may be, or may have in it, in its quotes.</summary>
    private static GatewayError? Text(ReadOnlySpan<byte> prompt, out Range text)
    {
        var reader = new Utf8JsonReader(prompt, JsonLimits.Options);
        reader.Read();
        var isArray = reader.TokenType is JsonTokenType.StartArray;
        if (isArray) reader.Read();
        text = (int)reader.TokenStartIndex..(int)reader.BytesConsumed;
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.StartArray)
            return ChatRefusals.UnsupportedValue("prompt", $"A 'prompt' of token ids cannot be carried to {ChatModels}. Send the text itself.");
        if (reader.TokenType is not JsonTokenType.String) return ChatRefusals.Invalid("prompt", "'prompt' must be a string, or an array with one string in it.");
        return isArray && reader.Read() && reader.TokenType is not JsonTokenType.EndArray
            ? ChatRefusals.UnsupportedValue("prompt", $"Several prompts in one request cannot be carried to {ChatModels}. Send one request for each.")
            : null;
    }

    private static bool AsksNothing(ReadOnlySpan<char> name, in JsonMember member, ReadOnlySpan<byte> source) => member.Kind is JsonTokenType.Null || name switch
    {
        "echo" => member.Kind is JsonTokenType.False,
        "best_of" => member.Value(source) is [(byte)'1'] or [(byte)'0'],
        "suffix" => member.HasValue(source, ""u8),
        _ => false,
    };
}
