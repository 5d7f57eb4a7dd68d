using System.Text;

namespace ChatKit.Bench.Load.Roles;

/// <summary>The mock upstream's answers, as the bytes that go onto the wire, made once.</summary>
internal sealed class CannedAnswers
{
    private const string StreamHead =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nx-request-id: req_bench\r\n\r\n";

    /// <summary>Events of a streamed answer, before the terminal one.</summary>
    public const int EventCount = 32;

    private const string OpenAiAnswer =
        """
        {"id":"chatcmpl-bench","object":"chat.completion","created":1760000000,"model":"gpt-bench","choices":[{"index":0,"message":{"role":"assistant","content":"TEXT","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":31,"completion_tokens":60,"total_tokens":91,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0}},"service_tier":"default","system_fingerprint":"fp_bench"}
        """;

    private const string AnthropicAnswer =
        """
        {"id":"msg_bench","type":"message","role":"assistant","model":"claude-bench","content":[{"type":"text","text":"TEXT"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":31,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":60,"service_tier":"standard"}}
        """;

    private const string Text =
        "A reverse proxy stands in front of servers and passes each request on. What it adds to every call is what this benchmark measures: " +
        "the time it takes, the memory it holds and, most of all, the processor time that nobody else can use meanwhile. ";

    public byte[] OpenAiPlain { get; } = Plain(OpenAiAnswer, 700);

    public byte[] AnthropicPlain { get; } = Plain(AnthropicAnswer, 700);

    /// <summary>Status line and headers of a stream.</summary>
    public byte[] StreamStart { get; } = Encoding.ASCII.GetBytes(StreamHead);

    /// <summary>One event whose JSON has 64 bytes, as a chunk of its own.</summary>
    public byte[] StreamEvent { get; } = Chunk(
        """data: {"model":"m","choices":[{"index":0,"delta":{"content":"text"}}]}""" + "\n\n");

    /// <summary>The protocol's terminal and the end of the response.</summary>
    public byte[] StreamEnd { get; } = [.. Chunk("data: [DONE]\n\n"), .. "0\r\n\r\n"u8];

    private static byte[] Plain(string template, int length)
    {
        var body = template.Replace("TEXT", (Text + Text)[..(length - template.Length + "TEXT".Length)], StringComparison.Ordinal);
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nx-request-id: req_bench\r\nopenai-processing-ms: 12\r\n\r\n{body}");
    }

    private static byte[] Chunk(string text) => Encoding.ASCII.GetBytes($"{text.Length:x}\r\n{text}\r\n");
}
