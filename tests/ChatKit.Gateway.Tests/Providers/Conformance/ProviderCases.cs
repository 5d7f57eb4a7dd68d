using System.Net;
using System.Text.Json;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>
/// What a client may rely on whichever provider answers: one list of cases, through the real gateway on Kestrel, against the strict fake of each dialect.
/// A new dialect joins with a <see cref="Subject"/> and one line.
/// </summary>
public abstract partial class ProviderCases(Subject subject) : IAsyncLifetime
{
    private const string Hi = """{"model":"gpt","messages":[{"role":"user","content":"hi"}]}""";
    private const string HiStreamed = """{"model":"gpt","stream":true,"messages":[{"role":"user","content":"hi"}]}""";

    private FakeUpstream _upstream = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync(subject.Dialect);
        _gateway = await GatewayHost.StartAsync(subject.At(_upstream));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Plain()
    {
        _upstream.Then(subject.Text("Grüß Gott, 世界 \"quoted\" 😀"));

        var answer = await AskAsync(Hi);

        Assert.Equal(("gpt", "chat.completion"), (answer.GetProperty("model").GetString(), answer.GetProperty("object").GetString()));
        var choice = Assert.Single(answer.GetProperty("choices").EnumerateArray());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.Equal("Grüß Gott, 世界 \"quoted\" 😀", choice.GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Streamed()
    {
        _upstream.Then(subject.Text("one two 😀 three"));

        var answer = await StreamAsync(HiStreamed);

        Assert.Equal(("assistant", "one two 😀 three", "stop", true), (answer.Role, answer.Text, answer.FinishReason, answer.IsDone));
        Assert.Equal(["gpt"], answer.Models);
        Assert.Null(answer.Usage);
    }

    [Fact]
    public async Task Usage()
    {
        var plain = (await AskAsync(Hi)).GetProperty("usage");
        var streamed = (await StreamAsync(HiStreamed.Replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}", StringComparison.Ordinal))).Usage!.Value;

        foreach (var usage in (JsonElement[])[plain, streamed])
        {
            Assert.Equal((9, 5, 14), (Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"), Count(usage, "total_tokens")));
            Assert.InRange(Count(usage.GetProperty("prompt_tokens_details"), "cached_tokens"), 0, 9);
        }
    }

    [Fact]
    public async Task A_conversation()
    {
        await AskAsync(
            """
            {"model":"gpt","messages":[{"role":"system","content":"Be brief."},{"role":"developer","content":[{"type":"text","text":"And kind."}]},
            {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},{"role":"assistant","content":"c"},{"role":"user","content":"d"}],
            "max_completion_tokens":50,"temperature":0.5,"top_p":0.9,"stop":["END"],"user":"u-1","n":1,"presence_penalty":0}
            """);
    }

    [Fact]
    public async Task Tools()
    {
        const string Tools = """ "tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}},{"type":"function","function":{"name":"now"}}] """;
        _upstream.Then(subject.ToolCalls, subject.ToolCalls, subject.Text("Sunny."));

        var message = (await AskAsync($$"""{"model":"gpt",{{Tools}},"messages":[{"role":"user","content":"hi"}]}""")).GetProperty("choices")[0].GetProperty("message");
        var streamed = await StreamAsync($$"""{"model":"gpt","stream":true,{{Tools}},"tool_choice":"required","messages":[{"role":"user","content":"hi"}]}""");
        var final = await AskAsync(
            $$"""
            {"model":"gpt",{{Tools}},"messages":[{"role":"user","content":"hi"},{{message.GetRawText()}},
            {"role":"tool","tool_call_id":"{{subject.FirstCall}}","content":"sun"},{"role":"tool","tool_call_id":"call_2","content":"noon"}]}
            """);

        string[] expected = [subject.FirstCall + " weather({\"city\":\"Paris\"})", "call_2 now({})"];
        Assert.Equal(expected, message.GetProperty("tool_calls").EnumerateArray().Select(call =>
            $"{call.GetProperty("id")} {call.GetProperty("function").GetProperty("name")}({call.GetProperty("function").GetProperty("arguments")})"));
        Assert.Equal(expected, streamed.Calls);
        Assert.Equal("Sunny.", Content(final));
    }

    [Fact]
    public async Task Vision() => await AskAsync(
        """
        {"model":"gpt","messages":[{"role":"user","content":[{"type":"text","text":"what?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}]}
        """);

    [Fact]
    public async Task An_image_on_the_web()
    {
        const string Body = """{"model":"gpt","messages":[{"role":"user","content":[{"type":"text","text":"what?"},{"type":"image_url","image_url":{"url":"https://example.com/cat.png"}}]}]}""";
        if (subject.FetchesImages) await AskAsync(Body);
        else Assert.Equal("messages[0].content[1].image_url.url", (await RefusedAsync(Body, HttpStatusCode.BadRequest)).GetProperty("param").GetString());
    }

    [Fact]
    public async Task What_nobody_knows_in_an_answer()
    {
        _upstream.Then(subject.NewMembers, subject.NewEvents);

        Assert.Equal("Known", Content(await AskAsync(Hi)));
        var streamed = await StreamAsync(HiStreamed);
        Assert.Equal(("Known", true, null), (streamed.Text, streamed.IsDone, streamed.Error?.GetRawText()));
    }

    [Fact]
    public async Task What_nobody_knows_in_a_request_reaches_the_provider()
    {
        var error = await RefusedAsync(Hi.Replace("}]}", "}],\"brand_new\":{\"a\":[1.50]}}", StringComparison.Ordinal), subject.UnknownMemberStatus);

        Assert.Contains(subject.UnknownMember, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_megabytes_there_and_back(bool stream)
    {
        var word = string.Concat(Enumerable.Repeat("0123456é\\\"\n漢", 256));
        var text = string.Join(' ', Enumerable.Repeat(word, 2 * 1024 * 1024 / word.Length));
        _upstream.Then(subject.Text(text));
        var body = JsonSerializer.Serialize(new { model = "gpt", stream, messages = new[] { new { role = "user", content = text } } });

        var answer = stream ? (await StreamAsync(body)).Text : Content(await AskAsync(body));

        Assert.Equal(text, answer);
        Assert.Contains(text, subject.FirstSaid(_upstream.Requests.Single().Json), StringComparison.Ordinal);
    }

    private async Task<JsonElement> AskAsync(string body)
    {
        using var response = await _gateway.ChatAsync(body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode is HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<StreamedAnswer> StreamAsync(string body)
    {
        using var response = await _gateway.ChatAsync(body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode is HttpStatusCode.OK, text);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return StreamedAnswer.Read(text);
    }

    private async Task<JsonElement> RefusedAsync(string body, HttpStatusCode status)
    {
        using var response = await _gateway.ChatAsync(body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, response.StatusCode);
        var error = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("error");
        Assert.All((string[])["message", "type", "param", "code"], member => Assert.True(error.TryGetProperty(member, out _), text));
        Assert.DoesNotContain(subject.Dialect.ApiKey, text, StringComparison.Ordinal);
        return error;
    }

    private static string? Content(JsonElement answer) => answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();

    private static int Count(JsonElement usage, string member) => usage.GetProperty(member).GetInt32();
}
