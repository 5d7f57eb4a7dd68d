using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Tokens;
using Xunit;

namespace ChatKit.Gateway.Tests.Tokens;

/// <summary>
/// Our counts beside those of a real tokenizer, whose name and version the data holds: npm's gpt-tokenizer for texts and chats; and what OpenAI's API said that
/// calls with tools consumed, which that package carries as its own test cases.
/// </summary>
public sealed class TokenCountTests
{
    private static readonly JsonElement _reference = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Tokens", "reference.json"))).RootElement;

    [Theory]
    [InlineData("o200k", "gpt-4o")]
    [InlineData("cl100k", "gpt-4")]
    public void Texts_of_many_languages_count_as_the_real_tokenizer_counts_them(string encoding, string model)
    {
        var texts = _reference.GetProperty("texts").EnumerateArray().ToList();
        Assert.NotEmpty(texts);
        Assert.All(texts, entry =>
        {
            var text = string.Concat(Enumerable.Repeat(entry.GetProperty("piece").GetString(), entry.GetProperty("times").GetInt32()));
            // Long texts are counted in pieces: nearly, and far within what is promised.
            AssertNear(entry.GetProperty(encoding).GetInt32(), TextTokens.Count(TokenEncodings.Of(model), text), tolerance: 0.02);
        });
    }

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("gpt-4")]
    public void Chats_and_their_tools_count_within_a_tenth(string model)
    {
        var chats = _reference.GetProperty("chats").EnumerateArray().Where(entry => entry.GetProperty("tokens").TryGetProperty(model, out _)).ToList();
        Assert.NotEmpty(chats);
        Assert.All(chats, entry => AssertNear(entry.GetProperty("tokens").GetProperty(model).GetInt32(), Count(entry.GetProperty("request"), model), tolerance: 0.1));
    }

    [Fact]
    public void What_the_api_said_it_consumed_is_within_a_tenth()
    {
        var measured = _reference.GetProperty("measured").EnumerateArray().ToList();
        Assert.NotEmpty(measured);
        Assert.All(measured, entry => AssertNear(entry.GetProperty("tokens").GetInt32(), Count(entry.GetProperty("request"), "gpt-4"), tolerance: 0.1));
    }

    [Theory]
    [InlineData("gpt-4o", false)]
    [InlineData("openai/gpt-4.1-mini", false)]
    [InlineData("gpt-5", false)]
    [InlineData("claude-sonnet-4-5", false)]
    [InlineData("gpt-4", true)]
    [InlineData("gpt-4-turbo", true)]
    [InlineData("azure/gpt-35-turbo", true)]
    [InlineData("text-embedding-3-small", true)]
    public void A_model_counts_by_its_own_encoding(string model, bool older) =>
        Assert.Same(TokenEncodings.Of(older ? "gpt-4" : "gpt-4o"), TokenEncodings.Of(model));

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"Hello there"}]}""", """{"messages":[{"role":"user","content":[{"type":"text","text":"Hello there"}]}]}""")]
    [InlineData("""{"messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"Hello"}]}""", """{"system":[{"type":"text","text":"Be brief"}],"messages":[{"role":"user","content":"Hello"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"Hello"}]}""", """{"contents":[{"role":"user","parts":[{"text":"Hello"}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"Hello"}]}""", """{"input":[{"role":"user","content":[{"type":"input_text","text":"Hello"}]}]}""")]
    [InlineData("""{"prompt":"Hello"}""", """{"input":["Hello"]}""")]
    public void The_same_said_in_another_apis_words_counts_nearly_the_same(string one, string other) =>
        Assert.InRange(Count(one) - Count(other), -1, 1);

    [Fact]
    public void The_bytes_of_pictures_are_not_text()
    {
        var data = new string('A', 100_000);
        Assert.Equal(765 + 7, Count($$$"""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{data}}}"}}]}]}"""));
        Assert.Equal(85 + 7, Count($$$"""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{data}}}","detail":"low"}}]}]}"""));
        Assert.Equal(765 + 7, Count($$$"""{"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{data}}}"}}]}]}"""));
        Assert.Equal(7, Count($$$"""{"messages":[{"role":"user","content":[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"{{{data}}}"}}]}]}"""));
    }

    [Theory]
    [InlineData("""{"messages":5}""")]
    [InlineData("""{"messages":[5,null,"x",[]],"tools":[1,{"function":{"name":{},"parameters":[]}}],"system":{}}""")]
    [InlineData("""{"messages":[{"role":7,"content":{"detail":{}},"name":[]}],"tools":{}}""")]
    [InlineData("""{"messages":[{"role":"user","content":"\ud800"}],"tools":[{"name":"\ud800","input_schema":{"properties":{"a":{"enum":["\ud800"],"description":"\ud800"}}}}]}""")]
    [InlineData("[]")]
    public void What_no_api_would_take_counts_something_and_breaks_nothing(string body) => Assert.InRange(Count(body), 0, 200);

    [Fact]
    public void A_text_without_any_break_keeps_nobody_busy()
    {
        var clock = Stopwatch.StartNew();
        var count = TextTokens.Count(TokenEncodings.Of("gpt-4o"), new string('a', 400_000));
        Assert.InRange(count, 40_000, 400_000);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
    }

    private static int Count(string body) => RequestTokens.Count(Encoding.UTF8.GetBytes(body), "gpt-4o");

    private static int Count(JsonElement request, string model) => RequestTokens.Count(request, model);

    /// <summary>Of a handful of tokens, two are allowed.</summary>
    private static void AssertNear(int expected, int actual, double tolerance)
    {
        var allowed = Math.Max(2, expected * tolerance);
        Assert.InRange(actual, expected - allowed, expected + allowed);
    }
}
