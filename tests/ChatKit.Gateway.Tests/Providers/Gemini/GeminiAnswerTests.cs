using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Tests.Providers.Fidelity;
using ChatKit.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Gemini;

/// <summary>Whole answers in, completions out; and spoilt JSON from either side becomes an answer or an error, never an exception.</summary>
public sealed class GeminiAnswerTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/Gemini/Golden";

    private const string Answer =
        """
        {"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true},{"text":"Café: it rains.","thoughtSignature":"c2ln"},{"functionCall":{"name":"now","args":{"zone":"CET","n":1.50},"id":"f1"},"thoughtSignature":"Q28+Q0/k"},
        {"functionCall":{"name":"ping"}},{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}},{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"AAAA"}},
        {"executableCode":{"language":"PYTHON","code":"1+1"}},{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"2"}}],"role":"model"},"finishReason":"STOP","index":0,
        "safetyRatings":[{"category":"HARM_CATEGORY_HARASSMENT","probability":"LOW"}],"citationMetadata":{"citationSources":[{"uri":"https://a.example"}]},
        "groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://b.example","title":"b"}}],"groundingSupports":[{"segment":{"startIndex":7,"endIndex":16},"groundingChunkIndices":[0,9]}]},
        "logprobsResult":{"chosenCandidates":[{"token":"Café","logProbability":-0.1}],"topCandidates":[{"candidates":[{"token":"Café","logProbability":-0.1},{"token":"Tea","logProbability":-2}]}]}},
        {"content":{"parts":[{"text":"No"}]},"finishReason":"MAX_TOKENS","index":1}],
        "usageMetadata":{"promptTokenCount":20,"cachedContentTokenCount":16,"candidatesTokenCount":10,"thoughtsTokenCount":5,"totalTokenCount":35,"promptTokensDetails":[{"modality":"TEXT","tokenCount":18},{"modality":"IMAGE","tokenCount":2}],"candidatesTokensDetails":[{"modality":"AUDIO","tokenCount":4}]},
        "modelVersion":"gemini-3.5-flash","responseId":"r-9"}
        """;

    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("CHATKIT_FUZZ"), out var asked) ? asked : 2_000;

    private readonly GeminiProvider _provider = new(GeminiHost.Studio, new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_760_000_000)));

    [Fact]
    public void A_full_answer_becomes_the_golden_completion()
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(_provider.ReadAnswer(Calls.Call("{}"), Encoding.UTF8.GetBytes(Answer), output, out var facts));

        Golden.Matches($"{Folder}/completion.json", Calls.Pretty(output.WrittenSpan));
        Assert.Equal(new AnswerFacts(new TokenUsage(20, 15, 16, Reasoning: 5) { Details = new UsageDetails { AudioOutput = 4, ImageInput = 2 } }, "r-9", "gemini-3.5-flash", "tool_calls"), facts);
    }

    [Theory]
    [InlineData("STOP", "stop", null)]
    [InlineData("MAX_TOKENS", "length", null)]
    [InlineData("SAFETY", "content_filter", "SAFETY")]
    [InlineData("RECITATION", "content_filter", "RECITATION")]
    [InlineData("SPII", "content_filter", "SPII")]
    [InlineData("MALFORMED_FUNCTION_CALL", "stop", "MALFORMED_FUNCTION_CALL")]
    [InlineData("BRAND_NEW", "stop", "BRAND_NEW")]
    public void Reasons_to_finish(string given, string expected, string? native)
    {
        var choice = Read($$"""{"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"{{given}}"}]}""").GetProperty("choices")[0];

        Assert.Equal(expected, choice.GetProperty("finish_reason").GetString());
        Assert.Equal(native, choice.TryGetProperty("provider_specific_fields", out var fields) ? fields.GetProperty("stop_reason").GetString() : null);
    }

    [Fact]
    public void A_blocked_prompt_is_a_filtered_answer()
    {
        var choice = Read("""{"promptFeedback":{"blockReason":"SAFETY","safetyRatings":[{"category":"X"}]},"usageMetadata":{"promptTokenCount":4}}""").GetProperty("choices")[0];

        Assert.Equal("content_filter", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("content").ValueKind);
        Assert.Equal("SAFETY", choice.GetProperty("provider_specific_fields").GetProperty("stop_reason").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"candidates":[]}""")]
    [InlineData("""{"candidates":[null]}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public void What_is_no_answer_is_an_error(string body) =>
        Assert.Equal(502, _provider.ReadAnswer(Calls.Call("{}"), Encoding.UTF8.GetBytes(body), new ArrayBufferWriter<byte>(), out _)?.Status);

    [Fact]
    public void What_the_model_said_goes_back_as_it_came()
    {
        var message = Read(Answer).GetProperty("choices")[0].GetProperty("message");
        var request = new UpstreamRequest();
        var body = $$$"""{"messages":[{"role":"user","content":"Hi"},{{{message.GetRawText()}}},{"role":"tool","tool_call_id":"{{{message.GetProperty("tool_calls")[0].GetProperty("id")}}}","content":"noon"},{"role":"tool","tool_call_id":"{{{message.GetProperty("tool_calls")[1].GetProperty("id")}}}","content":"pong"}]}""";

        Assert.Null(_provider.WriteRequest(Calls.Call(body) with { UpstreamModel = "gemini-3.5-flash" }, request));

        var parts = JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan).GetProperty("contents")[1].GetProperty("parts");
        Assert.Equal(
            """[{"text":"Hm.","thought":true},{"text":"Café: it rains.","thoughtSignature":"c2ln"},{"functionCall":{"name":"now","args":{"zone":"CET","n":1.50},"id":"f1"},"thoughtSignature":"Q28+Q0/k"},{"functionCall":{"name":"ping","args":{},"id":"call_r-9_0_1"}}]""",
            parts.GetRawText());
    }

    [Fact]
    public void Spoilt_answers_are_read_or_refused()
    {
        var read = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            var output = new ArrayBufferWriter<byte>();
            var error = _provider.ReadAnswer(Calls.Call("{}"), new JsonMutation(seed).Spoil(Answer), output, out _);
            if (error is not null) Assert.InRange(error.Status, 400, 599);
            else
            {
                JsonSerializer.Deserialize<JsonElement>(output.WrittenSpan);
                read++;
            }
        }

        Assert.InRange(read, 1, Cases - 1);
    }

    [Theory]
    [InlineData("tests/ChatKit.Gateway.Tests/Providers/Anthropic/Golden/chat.json")]
    [InlineData("tests/ChatKit.Gateway.Tests/Providers/Gemini/Golden/tools.chat.json")]
    public void Spoilt_requests_are_sent_as_json_or_refused(string fixture)
    {
        var (chat, sent) = (Golden.Read(fixture), 0);
        for (var seed = 0; seed < Cases; seed++)
        {
            var request = new UpstreamRequest();
            var error = _provider.WriteRequest(Calls.Call("{}") with { Body = new JsonMutation(seed).Spoil(chat), UpstreamModel = seed % 2 == 0 ? "gemini-1.5-pro" : "gemini-3.5-flash" }, request);
            if (error is not null) Assert.Equal(400, error.Status);
            else
            {
                JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan);
                sent++;
            }
        }

        Assert.InRange(sent, 1, Cases - 1);
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("candidates")]
    public void Spoilt_streams_end_or_fail(string transcript)
    {
        var events = Transcript.Events(Golden.Read($"tests/ChatKit.Gateway.Tests/Providers/Gemini/Transcripts/{transcript}.sse")).ToList();
        for (var seed = 0; seed < Cases; seed++)
        {
            var mutation = new JsonMutation(seed);
            var stream = _provider.OpenStream(Calls.Call("{}", stream: true, includeUsage: true));
            var (output, _) = Transcript.Play(stream, events.Select(received => received with { Data = mutation.Spoil(Encoding.UTF8.GetString(received.Data.Span)) }));
            var rest = new ArrayBufferWriter<byte>();
            if (stream.Error is null) stream.End(rest);
            foreach (var line in (output + Encoding.UTF8.GetString(rest.WrittenSpan)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(line => line != "data: [DONE]"))
                JsonDocument.Parse(line["data: ".Length..]).Dispose();
        }
    }

    private JsonElement Read(string body)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(_provider.ReadAnswer(Calls.Call("{}"), Encoding.UTF8.GetBytes(body), output, out _));
        return JsonSerializer.Deserialize<JsonElement>(output.WrittenSpan);
    }
}
