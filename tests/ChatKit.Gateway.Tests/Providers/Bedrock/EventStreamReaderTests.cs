using System.Text;
using ChatKit.Gateway.Providers.Bedrock;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Bedrock;

/// <summary>The framing, by AWS's own vectors (botocore's <c>tests/unit/test_eventstream.py</c>) and cut at every byte.</summary>
public sealed class EventStreamReaderTests
{
    private const string Empty = "0000001000000000 05C248EB 7D98C8FF";
    private const string OnePayload = "0000001D00000000 FD528C5A 7B27666F6F273A27626172277D C3653936";
    private const string AllHeaderTypes =
        "0000006200000052 03B5CB9C 01300001310101320202013303000301340400000004013505000000000000000501360600056279746573013707000475746638013808000000000000000801390930313233343536373839616263646566 63353671";

    private const string ErrorMessage =
        "0000005200000042 BF23637E 0D3A6D6573736167652D747970650700056572726F720B3A6572726F722D636F6465070004636F64650E3A6572726F722D6D6573736167650700076D657373616765 6B6CEA3D";

    [Theory]
    [InlineData(Empty, "", "")]
    [InlineData(OnePayload, "", "{'foo':'bar'}")]
    [InlineData(AllHeaderTypes, "", "")]
    [InlineData(ErrorMessage, "code", """{"message":"message"}""")]
    public void The_published_messages(string hex, string type, string payload) => Assert.Equal([(type, payload)], Read(Bytes(hex)));

    [Theory]
    [InlineData("0100001D00000000 FD528C5A 7B27666F6F273A27626172277D C3653936", "prelude")]
    [InlineData("0000001D00000000 FD528C5A 7B27666F6F273A27626172278D C3653936", "message")]
    [InlineData("0000003DFF000102 1583F5C2 0C636F6E74656E742D747970650700106170706C69636174696F6E2F6A736F6E7B27666F6F273A27626172277D 2F377F5D", "lengths")]
    public void The_published_broken_messages(string hex, string what)
    {
        var broken = Assert.Throws<InvalidDataException>(() => Read(Bytes(hex)));

        Assert.Contains(what, broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_arrive_whole_wherever_the_stream_is_cut()
    {
        byte[] stream = [.. EventStreamFrame.Event("messageStart", """{"role":"assistant"}"""), .. EventStreamFrame.Exception("throttlingException", """{"message":"ü"}"""), .. Bytes(ErrorMessage), .. EventStreamFrame.Event("metadata", "{}")];
        (string, string)[] expected = [("messageStart", """{"role":"assistant"}"""), ("throttlingException", """{"message":"ü"}"""), ("code", """{"message":"message"}"""), ("metadata", "{}")];

        for (var cut = 0; cut <= stream.Length; cut++) Assert.Equal(expected, Read(stream[..cut], stream[cut..]));
        Assert.Equal(expected, Read([.. stream.Select(static one => new[] { one })]));
    }

    [Fact]
    public void A_message_larger_than_the_limit_is_refused_before_it_is_there()
    {
        var large = EventStreamFrame.Event("contentBlockDelta", new string('x', 5000));
        using var reader = new EventStreamReader(maxMessageBytes: 4096);
        large.AsSpan(0, 100).CopyTo(reader.GetMemory().Span);
        reader.Advance(100);

        Assert.Throws<InvalidDataException>(() => reader.TryRead(out _));
    }

    [Theory]
    [InlineData(new byte[] { 5, (byte)'a' })]
    [InlineData(new byte[] { 1, (byte)'a', 7, 0, 9, (byte)'x' })]
    [InlineData(new byte[] { 1, (byte)'a', 99 })]
    public void Headers_that_lie_about_themselves_are_refused(byte[] headers) =>
        Assert.Throws<InvalidDataException>(() => Read(EventStreamFrame.Message(headers, [])));

    [Fact]
    public void What_is_not_whole_at_the_end_is_no_event()
    {
        using var reader = new EventStreamReader();
        Bytes(OnePayload).AsSpan(0, 20).CopyTo(reader.GetMemory().Span);
        reader.Advance(20);

        Assert.False(reader.TryRead(out _));
        Assert.False(reader.TryReadLast(out _));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static List<(string Type, string Payload)> Read(params byte[][] pieces)
    {
        using var reader = new EventStreamReader();
        var events = new List<(string, string)>();
        foreach (var piece in pieces)
        {
            piece.CopyTo(reader.GetMemory());
            reader.Advance(piece.Length);
            while (reader.TryRead(out var next)) events.Add((Encoding.UTF8.GetString(next.Type.Span), Encoding.UTF8.GetString(next.Data.Span)));
        }

        return events;
    }
}
