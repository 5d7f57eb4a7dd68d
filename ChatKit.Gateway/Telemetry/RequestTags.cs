using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Telemetry;

/// <summary>What a chat completion request asks for, as attributes of a span: numbers and switches only, nothing that anybody wrote.</summary>
internal static class RequestTags
{
    private static readonly (byte[] Member, string Tag)[] Numbers =
    [
        ("temperature"u8.ToArray(), GenAi.RequestTemperature),
        ("top_p"u8.ToArray(), GenAi.RequestTopP),
        ("frequency_penalty"u8.ToArray(), GenAi.RequestFrequencyPenalty),
        ("presence_penalty"u8.ToArray(), GenAi.RequestPresencePenalty),
    ];

    private static readonly (byte[] Member, string Tag)[] Integers =
    [
        ("max_tokens"u8.ToArray(), GenAi.RequestMaxTokens),
        ("max_completion_tokens"u8.ToArray(), GenAi.RequestMaxTokens),
        ("seed"u8.ToArray(), GenAi.RequestSeed),
        ("n"u8.ToArray(), GenAi.RequestChoiceCount),
    ];

    public static void Add(Activity span, CallEnvelope envelope, ReadOnlySpan<byte> body)
    {
        if (envelope.Stream) span.SetTag(GenAi.RequestStream, true);
        foreach (var member in envelope.Members)
        {
            if (member.Kind is not JsonTokenType.Number) continue;
            if (Find(Numbers, member, body) is { } number && Utf8Parser.TryParse(member.Value(body), out double real, out _)) span.SetTag(number, real);
            else if (Find(Integers, member, body) is { } count && Utf8Parser.TryParse(member.Value(body), out long integer, out _)) span.SetTag(count, integer);
        }
    }

    private static string? Find((byte[] Member, string Tag)[] known, in JsonMember member, ReadOnlySpan<byte> body)
    {
        foreach (var (name, tag) in known)
        {
            if (member.Is(body, name)) return tag;
        }

        return null;
    }
}
