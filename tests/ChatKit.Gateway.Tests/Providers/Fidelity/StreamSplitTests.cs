using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using ChatKit.Gateway.Providers;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Fidelity;

/// <summary>Text, reasoning and calls of every provider, as bytes in its own framing: where the network cuts them does not matter.</summary>
public sealed partial class StreamSplitTests
{
    public static TheoryData<string> Providers => [.. FidelitySubject.All.Select(static subject => subject.Name)];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Where_the_network_cuts_does_not_matter(string name)
    {
        var subject = FidelitySubject.Of(name);
        var transcript = Bytes(subject);
        var expected = Play(subject, transcript, cut: 0);

        Assert.NotEmpty(expected);
        for (var cut = 1; cut <= transcript.Length; cut++) Assert.Equal(expected, Play(subject, transcript, cut));
    }

    private static byte[] Bytes(FidelitySubject subject) => subject.Dialect is "bedrock"
        ? [.. FuzzSamples.Stream("bedrock").SelectMany(static sent => EventStreamFrame.Event(Encoding.UTF8.GetString(sent.Type.Span), Encoding.UTF8.GetString(sent.Data.Span)))]
        : [.. FuzzSamples.Stream(subject.Dialect).SelectMany(static sent => sent.Raw.ToArray())];

    /// <summary>What the client sees, without the ids and times that the gateway makes up where a provider gives none.</summary>
    private static string Play(FidelitySubject subject, byte[] transcript, int cut)
    {
        var call = subject.Call("""{"stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}]}""");
        using var reader = subject.Chat.OpenReader();
        var (stream, output) = (subject.Chat.OpenStream(call), new ArrayBufferWriter<byte>());
        Feed(transcript.AsSpan(0, cut));
        Feed(transcript.AsSpan(cut));
        if (reader.TryReadLast(out var last) && !last.Data.IsEmpty) stream.Next(last, output);
        stream.End(output);
        return MadeUp().Replace(Encoding.UTF8.GetString(output.WrittenSpan), "");

        void Feed(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                var room = reader.GetMemory();
                var count = Math.Min(room.Length, bytes.Length);
                bytes[..count].CopyTo(room.Span);
                reader.Advance(count);
                bytes = bytes[count..];
                while (reader.TryRead(out var received))
                    if (!received.Data.IsEmpty && stream.Next(received, output) is StreamStep.Failed)
                        throw new InvalidOperationException(stream.Error!.Message);
            }
        }
    }

    [GeneratedRegex("""
        "id":"[^"]*",|"created":\d+,
        """)]
    private static partial Regex MadeUp();
}
