using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Pipeline;

/// <summary>What a Responses request says about keeping and going on, read from its bytes; the rest of it passes unread.</summary>
internal readonly record struct ResponseWishes(bool Store, string? PreviousId, bool Background, JsonMember Input)
{
    /// <summary>The input as the client wrote it.</summary>
    public ReadOnlyMemory<byte> InputOf(ReadOnlyMemory<byte> body) => body[Input.ValueStart..Input.ValueEnd];

    public static GatewayError? Read(CallEnvelope envelope, ReadOnlySpan<byte> body, out ResponseWishes wishes)
    {
        wishes = new ResponseWishes(Store: true, null, Background: false, default);
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        foreach (var member in envelope.Members)
        {
            switch (member.Name(body, memory))
            {
                case "input":
                    if (member.Kind is not (JsonTokenType.String or JsonTokenType.StartArray)) return Invalid("input", "must be a string or an array of items");
                    wishes = wishes with { Input = member };
                    break;
                case "store" when member.Kind is not JsonTokenType.Null:
                    if (member.Kind is not (JsonTokenType.True or JsonTokenType.False)) return Invalid("store", "is not true or false");
                    wishes = wishes with { Store = member.Kind is JsonTokenType.True };
                    break;
                case "background" when member.Kind is not JsonTokenType.Null:
                    if (member.Kind is not (JsonTokenType.True or JsonTokenType.False)) return Invalid("background", "is not true or false");
                    wishes = wishes with { Background = member.Kind is JsonTokenType.True };
                    break;
                case "previous_response_id" when member.Kind is not JsonTokenType.Null:
                    if (member.Kind is not JsonTokenType.String || Text(member.Value(body)) is not { Length: > 0 } id) return Invalid("previous_response_id", "is not the id of a response");
                    wishes = wishes with { PreviousId = id };
                    break;
            }
        }

        return null;
    }

    private static string? Text(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        Span<char> memory = stackalloc char[256];
        return value.Length <= memory.Length ? memory[..JsonText.Copy(ref reader, memory)].ToString() : null;
    }

    private static GatewayError Invalid(string name, string what) => new(400, "invalid_request_error", $"Invalid '{name}': {what}.", name);
}
