using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Pipeline.Continuation;

/// <summary>
/// The client's request for somebody who goes on with its answer: what was said stands at its end as the assistant's message, and an instruction behind it. Not as
/// a mere prefix, which some providers go on with, some answer, and some refuse. What was said counts against the limit of the answer.
/// </summary>
internal static class ContinuationRequest
{
    private const string Instruction =
        "Your previous message was cut off by a technical fault. Continue it exactly where it stops, in the middle of the sentence or word if need be. "
        + "Do not repeat anything of it, do not comment on the interruption, and do not begin anew.";

    public static PooledBuffer Write(ReadOnlySpan<byte> body, CallEnvelope envelope, string said)
    {
        var output = new PooledBuffer(body.Length + said.Length + Instruction.Length + 256);
        var splice = new JsonSplice(body, envelope.ObjectStart, output);
        foreach (var member in envelope.Members)
        {
            if (member.Is(body, "messages"u8)) splice.ReplaceValue(member, Messages(member.Value(body), said));
            else if (IsLimit(member, body) && Utf8Parser.TryParse(member.Value(body), out long limit, out var read) && read == member.ValueEnd - member.ValueStart) splice.ReplaceValue(member, LimitLeft(limit, said));
            else splice.Keep(member);
        }

        splice.Finish();
        return output;
    }

    /// <summary>About the tokens of a text.</summary>
    public static long TokensOf(string text) => (Encoding.UTF8.GetByteCount(text) + 3) / 4;

    private static byte[] Messages(ReadOnlySpan<byte> messages, string said)
    {
        var extended = new ArrayBufferWriter<byte>(messages.Length + said.Length + Instruction.Length + 128);
        extended.Write(messages[..messages.LastIndexOf((byte)']')]);
        extended.Write(",{\"role\":\"assistant\",\"content\":"u8);
        extended.Write(JsonText.Quote(said));
        extended.Write("},{\"role\":\"user\",\"content\":"u8);
        extended.Write(JsonText.Quote(Instruction));
        extended.Write("}]"u8);
        return extended.WrittenSpan.ToArray();
    }

    private static bool IsLimit(in JsonMember member, ReadOnlySpan<byte> body) =>
        member.Kind is JsonTokenType.Number && (member.Is(body, "max_tokens"u8) || member.Is(body, "max_completion_tokens"u8));

    private static byte[] LimitLeft(long limit, string said) =>
        Encoding.ASCII.GetBytes(Math.Max(1, limit - TokensOf(said)).ToString(CultureInfo.InvariantCulture));
}
