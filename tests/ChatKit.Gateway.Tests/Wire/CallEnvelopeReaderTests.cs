using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire;
using Xunit;

namespace ChatKit.Gateway.Tests.Wire;

public sealed class CallEnvelopeReaderTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    [Fact]
    public void The_envelope_holds_what_the_gateway_acts_on()
    {
        var envelope = Read($$"""{"model":"gpt",{{Hi}},"stream":true,"stream_options":{"other":[1],"include_usage":true},"timeout":1.5,"num_retries":3,"x":{"model":"no"} }""");
        Assert.Equal(("gpt", true, true, TimeSpan.FromSeconds(1.5), 3), (envelope.Model, envelope.Stream, envelope.IncludeUsage, envelope.Timeout, envelope.Retries));
        Assert.Equal(7, envelope.Members.Count);
    }

    [Fact]
    public void A_member_is_known_by_its_name_however_it_is_spelt()
    {
        var envelope = Read($$"""{"mod\u0065l":"g\u0070t",{{Hi}},"str\u0065am":true}""");
        Assert.Equal(("gpt", true), (envelope.Model, envelope.Stream));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_name_is_just_another_unknown_name() =>
        Assert.Equal(3, Read($$"""{"\ud800":1,{{Hi}},"stream_options":{"\ud800include":1} }""").Members.Count);

    [Fact]
    public void Null_is_the_same_as_nothing()
    {
        var envelope = Read($$"""{"model":null,{{Hi}},"stream":null,"stream_options":null,"timeout":null,"num_retries":null}""");
        Assert.Equal((null, false, false, null, null), (envelope.Model, envelope.Stream, envelope.IncludeUsage, envelope.Timeout, envelope.Retries));
    }

    [Theory]
    [InlineData("", "request_body", "not valid JSON")]
    [InlineData("   ", "request_body", "not valid JSON")]
    [InlineData("[]", "request_body", "not a JSON object")]
    [InlineData("\"text\"", "request_body", "not a JSON object")]
    [InlineData("null", "request_body", "not a JSON object")]
    [InlineData("{", "request_body", "not valid JSON")]
    [InlineData("""{"model":"gpt",}""", "request_body", "not valid JSON")]
    [InlineData("""{"model":"gpt" // comment""", "request_body", "not valid JSON")]
    [InlineData("""{"model":"gpt","messages":[{}]} x""", "request_body", "not valid JSON")]
    [InlineData("""{"model":"gpt","messages":[{}]}{}""", "request_body", "not valid JSON")]
    [InlineData("""{"model":"\ud800","messages":[{}]}""", "model", "not valid Unicode")]
    [InlineData("""{"messages":[{}],"stream_options":{"include_usage":"yes"}}""", "stream_options", "include_usage that is not true or false")]
    [InlineData("""{"model":"gpt"}""", "messages", "Missing")]
    [InlineData("""{"model":"gpt","messages":[]}""", "messages", "must not be empty")]
    [InlineData("""{"model":"gpt","messages":null}""", "messages", "must be an array")]
    [InlineData("""{"model":"gpt","messages":"hi"}""", "messages", "must be an array")]
    [InlineData("""{"model":"gpt","messages":["hi"]}""", "messages", "must hold objects")]
    [InlineData("""{"model":7,"messages":[{}]}""", "model", "must be a string")]
    [InlineData("""{"model":"a","model":"b","messages":[{}]}""", "model", "more than once")]
    [InlineData("""{"model":"a","mod\u0065l":"b","messages":[{}]}""", "model", "more than once")]
    [InlineData("""{"messages":[{}],"messages":[{}]}""", "messages", "more than once")]
    [InlineData("""{"messages":[{}],"stream":"true"}""", "stream", "not true or false")]
    [InlineData("""{"messages":[{}],"stream":1}""", "stream", "not true or false")]
    [InlineData("""{"messages":[{}],"stream_options":true}""", "stream_options", "must be an object")]
    [InlineData("""{"messages":[{}],"timeout":"soon"}""", "timeout", "number of seconds")]
    [InlineData("""{"messages":[{}],"timeout":0}""", "timeout", "number of seconds")]
    [InlineData("""{"messages":[{}],"timeout":1e99}""", "timeout", "number of seconds")]
    [InlineData("""{"messages":[{}],"num_retries":-1}""", "num_retries", "whole number")]
    [InlineData("""{"messages":[{}],"num_retries":1.5}""", "num_retries", "whole number")]
    [InlineData("""{"messages":[{}],"api_base":"http://evil"}""", "api_base", "not allowed")]
    [InlineData("""{"messages":[{}],"base_url":"http://evil"}""", "base_url", "not allowed")]
    [InlineData("""{"messages":[{}],"api_key":"sk-mine"}""", "api_key", "not allowed")]
    public void What_is_wrong_is_said_with_the_member_at_fault(string body, string param, string message)
    {
        var problem = CallEnvelopeReader.Read(Encoding.UTF8.GetBytes(body), Operation.Chat.Input, out _);
        Assert.Equal(param, problem?.Param);
        Assert.Contains(message, problem?.Message);
    }

    [Fact]
    public void An_object_of_endless_members_is_refused()
    {
        var body = $"{{{string.Join(',', Enumerable.Range(0, 1001).Select(i => $"\"m{i}\":0"))}}}";
        Assert.Contains("more than 1000 members", CallEnvelopeReader.Read(Encoding.UTF8.GetBytes(body), Operation.Chat.Input, out _)?.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xC3, 0x28, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xFF, 0x22 })]
    public void Invalid_UTF_8_is_refused_wherever_it_stands(byte[] text)
    {
        byte[] body = [.. """{"messages":[{"role":"user","content":"""u8, .. text, .. "}]}"u8];
        Assert.Contains("not valid UTF-8", CallEnvelopeReader.Read(body, Operation.Chat.Input, out _)?.Message);
    }

    [Theory]
    [InlineData(127, null)]
    [InlineData(128, "nested deeper than 128 levels")]
    [InlineData(100_000, "nested deeper than 128 levels")]
    public void Nesting_has_a_limit_and_the_error_says_so(int depth, string? message)
    {
        var body = $$"""{{{Hi}},"x":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        var problem = CallEnvelopeReader.Read(Encoding.UTF8.GetBytes(body), Operation.Chat.Input, out _);
        if (message is null) Assert.Null(problem);
        else Assert.Contains(message, problem?.Message);
    }

    [Fact]
    public void Every_prefix_of_a_body_is_refused_and_never_crashes()
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"model":"gpt",{{{Hi}}},"stream":true,"stream_options":{"include_usage":true},"n":1.5e-3,"é":["\u00e9"]}""");
        for (var length = 0; length < body.Length; length++)
            Assert.NotNull(CallEnvelopeReader.Read(body.AsSpan(0, length), Operation.Chat.Input, out _));
    }

    private static CallEnvelope Read(string body)
    {
        Assert.Null(CallEnvelopeReader.Read(Encoding.UTF8.GetBytes(body), Operation.Chat.Input, out var envelope));
        return envelope;
    }
}
