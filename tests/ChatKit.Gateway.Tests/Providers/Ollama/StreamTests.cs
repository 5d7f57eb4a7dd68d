using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Ollama;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Ollama;

/// <summary>Lines as Ollama documents them in, exact chunks out, wherever the network cuts.</summary>
public sealed partial class StreamTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/Ollama";

    private readonly OllamaProvider _provider = new(new OpenAiCompatibleProvider(RequestQuirks.Compatible), new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_760_000_000)));

    [Theory]
    [InlineData("text")]
    [InlineData("tools")]
    public void A_transcript_becomes_the_golden_chunks_wherever_it_is_cut(string name)
    {
        var transcript = Encoding.UTF8.GetBytes(Golden.Read($"{Folder}/Transcripts/{name}.ndjson"));
        var (whole, last) = Play(transcript, transcript.Length);
        Assert.Equal(StreamStep.Terminal, last);
        Golden.Matches($"{Folder}/Golden/{name}.chunks", whole);

        for (var cut = 0; cut < transcript.Length; cut++) Assert.Equal(whole, Play(transcript, cut).Output);
    }

    [Theory]
    [InlineData("""{"error":"an error was encountered while running the model"}""", 500)]
    [InlineData("""{"model":"m","message":{"content":"Hi"},"done":""", 502)]
    public void A_failure_is_an_error_and_not_an_end(string line, int status)
    {
        var stream = Open();
        Assert.Equal(StreamStep.Failed, stream.Next(new(default, Encoding.UTF8.GetBytes(line), default), new ArrayBufferWriter<byte>()));
        Assert.Equal(status, stream.Error!.Status);
    }

    [Fact]
    public void A_line_longer_than_the_buffer_is_whole()
    {
        var text = new string('x', 100_000);
        var (output, _) = Play(Encoding.UTF8.GetBytes($$"""{"message":{"content":"{{text}}"},"done":false}""" + "\n" + """{"done":true}"""), 5000);
        Assert.Contains(text, output, StringComparison.Ordinal);
    }

    private IAnswerStream Open() => _provider.OpenStream(OllamaCalls.Native(stream: true));

    private (string Output, StreamStep Last) Play(byte[] transcript, int cut)
    {
        using var reader = _provider.OpenReader();
        var (stream, output, last) = (Open(), new ArrayBufferWriter<byte>(), StreamStep.Preamble);
        foreach (var part in (byte[][])[transcript[..cut], transcript[cut..]])
        {
            for (var rest = part.AsMemory(); !rest.IsEmpty;)
            {
                var room = reader.GetMemory();
                var count = Math.Min(room.Length, rest.Length);
                rest[..count].CopyTo(room);
                reader.Advance(count);
                rest = rest[count..];
                while (reader.TryRead(out var line)) last = stream.Next(line, output);
            }
        }

        if (reader.TryReadLast(out var end)) last = stream.Next(end, output);
        return (AnyId().Replace(Encoding.UTF8.GetString(output.WrittenSpan), "chatcmpl-1"), last);
    }

    [GeneratedRegex("chatcmpl-[0-9a-f]{32}")]
    private static partial Regex AnyId();
}
