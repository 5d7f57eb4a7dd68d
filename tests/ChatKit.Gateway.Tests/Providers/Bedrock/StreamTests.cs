using System.Buffers;
using System.Text;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Bedrock;
using ChatKit.Testing;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Bedrock;

/// <summary>Transcripts in, exact chunks out, wherever the bytes are cut.</summary>
public sealed class StreamTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/Bedrock";

    [Theory]
    [InlineData("text")]
    [InlineData("tools")]
    [InlineData("reasoning")]
    [InlineData("guardrail")]
    [InlineData("structure")]
    public void A_transcript_becomes_these_chunks(string name)
    {
        var (output, last) = Play(Transcript(name));

        Golden.Matches($"{Folder}/Golden/{name}.chunks", output);
        Assert.Equal(StreamStep.Terminal, last);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("tools")]
    [InlineData("reasoning")]
    public void The_chunks_are_the_same_wherever_the_bytes_are_cut(string name)
    {
        var bytes = Transcript(name);
        var (whole, _) = Play(bytes);

        for (var cut = 1; cut < bytes.Length; cut++) Assert.Equal(whole, Play(bytes[..cut], bytes[cut..]).Output);
    }

    [Fact]
    public void Usage_includes_the_cached_part_of_the_prompt_once()
    {
        var stream = new ConverseStream(Calls.Call("{}", stream: true), "chatcmpl-1", 1);
        Play(stream, Transcript("text"));

        Assert.Equal(new Gateway.Model.TokenUsage(2077, 9, 2048, 16), stream.Facts.Usage);
        Assert.Equal("stop", stream.Facts.FinishReason);
    }

    [Fact]
    public void A_stream_without_its_last_event_is_complete_and_has_no_usage()
    {
        var stream = new ConverseStream(Calls.Call("{}", stream: true), "chatcmpl-1", 1);
        var lines = Lines("text");
        var (_, last) = Play(stream, [.. lines.Take(lines.Count - 1).SelectMany(static line => line)]);
        Assert.Equal(StreamStep.Preamble, last);

        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(StreamStep.Terminal, stream.End(output));
        Assert.EndsWith("\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n", Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
        Assert.Null(stream.Facts.Usage);
    }

    [Theory]
    [InlineData("throttlingException", """{"message":"Too many requests"}""", 429, "ThrottlingException")]
    [InlineData("validationException", """{"message":"Input is too long for requested model."}""", 400, "ValidationException")]
    [InlineData("modelStreamErrorException", """{"message":"m","originalStatusCode":400,"originalMessage":"o"}""", 424, "ModelStreamErrorException")]
    [InlineData("modelStreamErrorException", """{"message":"m","originalStatusCode":529,"originalMessage":"o"}""", 503, "ModelStreamErrorException")]
    [InlineData("modelTimeoutException", """{"message":"m"}""", 408, "ModelTimeoutException")]
    [InlineData("serviceUnavailableException", """{"message":"m"}""", 503, "ServiceUnavailableException")]
    [InlineData("internalServerException", "", 500, "InternalServerException")]
    public void An_exception_ends_the_stream_as_the_error_that_it_is(string exception, string payload, int status, string type)
    {
        var stream = new ConverseStream(Calls.Call("{}", stream: true), "chatcmpl-1", 1);
        var (output, last) = Play(stream, [.. BedrockReplies.Opening[0], .. EventStreamFrame.Exception(exception, payload)]);

        Assert.Equal((StreamStep.Failed, "", status, type), (last, output, stream.Error?.Status, stream.Error?.Type));
        Assert.Equal(payload.Contains("too long", StringComparison.Ordinal) ? "context_length_exceeded" : null, stream.Error?.Code);
    }

    private static byte[] Transcript(string name) => [.. Lines(name).SelectMany(static line => line)];

    private static List<byte[]> Lines(string name) =>
        [.. Golden.Read($"{Folder}/Transcripts/{name}.events").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ', 2)).Select(static pair => EventStreamFrame.Event(pair[0], pair[1]))];

    private static (string Output, StreamStep Last) Play(params byte[][] pieces) => Play(new ConverseStream(Calls.Call("{}", stream: true, includeUsage: true), "chatcmpl-1", 1_760_000_000), pieces);

    private static (string Output, StreamStep Last) Play(ConverseStream stream, params byte[][] pieces)
    {
        using var reader = new EventStreamReader();
        var output = new ArrayBufferWriter<byte>();
        var last = StreamStep.Preamble;
        foreach (var piece in pieces)
        {
            piece.CopyTo(reader.GetMemory());
            reader.Advance(piece.Length);
            while (reader.TryRead(out var next)) last = stream.Next(next, output);
        }

        return (Encoding.UTF8.GetString(output.WrittenSpan), last);
    }
}
