using System.Buffers.Text;

namespace ChatKit.Bench.Load.Roles;

/// <summary>What is asked of the mock upstream.</summary>
internal enum MockKind
{
    OpenAi,
    Anthropic,
    Stream,
    SlowStream,
}

/// <summary>One request in a receive buffer: how long it is and which answer it wants.</summary>
internal readonly record struct MockRequest(int Length, MockKind Kind)
{
    /// <summary>False while the request is incomplete.</summary>
    public static bool TryRead(ReadOnlySpan<byte> buffer, out MockRequest request)
    {
        request = default;
        var headEnd = buffer.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return false;
        }

        var length = headEnd + 4 + ContentLength(buffer[..headEnd]);
        if (buffer.Length < length)
        {
            return false;
        }

        request = new(length, KindOf(buffer[..headEnd], buffer[(headEnd + 4)..length]));
        return true;
    }

    private static MockKind KindOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\"stream\":true"u8) >= 0)
        {
            return body.IndexOf("slow"u8) >= 0 ? MockKind.SlowStream : MockKind.Stream;
        }

        return head.StartsWith("POST /v1/messages "u8) ? MockKind.Anthropic : MockKind.OpenAi;
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var name = head.IndexOf("\r\nContent-Length: "u8);
        if (name < 0 || !Utf8Parser.TryParse(head[(name + 18)..], out int length, out _))
        {
            throw new InvalidOperationException("The mock upstream takes only requests that announce their length.");
        }

        return length;
    }
}
