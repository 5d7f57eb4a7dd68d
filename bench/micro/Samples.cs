using System.Text;

namespace ChatKit.Bench.Micro;

/// <summary>Bytes as clients and providers send them.</summary>
internal static class Samples
{
    /// <summary>A short question.</summary>
    public static byte[] ShortRequest { get; } = Request(paragraphs: 1);

    /// <summary>A long conversation: about 64 KB.</summary>
    public static byte[] LongRequest { get; } = Request(paragraphs: 400);

    /// <summary>A whole answer of about 700 bytes.</summary>
    public static byte[] Answer { get; } =
        """
        {"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"gpt-5-2026-01-01","choices":[{"index":0,"message":{"role":"assistant","content":"A reverse proxy stands in front of servers and passes each request on. What it adds to every call is what is measured here: time, memory and, most of all, the processor time that nobody else can use meanwhile.","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":31,"completion_tokens":60,"total_tokens":91,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}},"service_tier":"default","system_fingerprint":"fp_1"}
        """u8.ToArray();

    /// <summary>One chunk of a streamed answer.</summary>
    public static byte[] Chunk { get; } =
        """
        {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-5-2026-01-01","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":" proxy"},"logprobs":null,"finish_reason":null}],"usage":null}
        """u8.ToArray();

    /// <summary>A stream of 32 chunks and its terminal.</summary>
    public static byte[] Stream { get; } =
    [
        .. Enumerable.Range(0, 32).SelectMany(_ => (byte[])[.. "data: "u8, .. Chunk, .. "\n\n"u8]),
        .. "data: [DONE]\n\n"u8,
    ];

    private static byte[] Request(int paragraphs)
    {
        var content = new StringBuilder();
        for (var paragraph = 0; paragraph < paragraphs; paragraph++)
            content.Append("What does a reverse proxy add to the cost of a call, and how would you measure it on a machine that has other work to do?\\n\\n");
        return Encoding.UTF8.GetBytes(
            "{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"system\",\"content\":\"You answer in one short paragraph.\"},{\"role\":\"user\",\"content\":\"" +
            content + "\"}],\"temperature\":0.2,\"max_tokens\":256,\"stream\":true,\"user\":\"u-1\"}");
    }
}
