using System.Runtime.InteropServices;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

/// <summary>Vectors come in the form that the client asked for and in the order of the input, whatever the provider can do.</summary>
public sealed class EmbeddingsTests : ModalityTest
{
    /// <summary>One group a vendor.</summary>
    private protected override IEnumerable<Deployment> Deployments() =>
        ((string[])["openai", "together_ai", "mistral", "groq", "gemini"]).Select(vendor => Of(vendor, vendor) with { GroupName = vendor });

    [Theory]
    [InlineData("openai", null, "")]
    [InlineData("openai", "float", "float")]
    [InlineData("openai", "base64", "base64")]
    [InlineData("together_ai", null, "")]
    [InlineData("together_ai", "float", "")]
    [InlineData("together_ai", "base64", "")]
    public async Task A_batch_comes_in_the_form_that_was_asked_for(string model, string? format, string sent)
    {
        var member = format is null ? "" : $",\"encoding_format\":\"{format}\"";

        var answer = Json(await AskAsync("/v1/embeddings", $$"""{"model":"{{model}}","input":["a","b","c"]{{member}}}"""));

        var vectors = answer.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal([0, 1, 2], vectors.Select(vector => vector.GetProperty("index").GetInt32()));
        Assert.Equal(Enumerable.Range(0, 3).Select(OpenAiOperationReplies.Vector), vectors.Select(vector => Floats(vector.GetProperty("embedding"), format is "base64")));
        Assert.Equal((model, 8), (answer.GetProperty("model").GetString(), answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32()));
        Assert.Equal(sent, Upstream.Requests[0].Json.TryGetProperty("encoding_format", out var asked) ? asked.GetString() : "");
    }

    [Fact]
    public async Task A_provider_that_answers_base64_unasked_is_read_too()
    {
        var base64 = Convert.ToBase64String(MemoryMarshal.AsBytes(OpenAiOperationReplies.Vector(0).AsSpan()));
        Upstream.Then(Replies.Json($$$"""{"object":"list","data":[{"embedding":"{{{base64}}}","index":0,"object":"embedding"}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}"""));

        Assert.Contains("\"embedding\":[0.25,-0.0625]", await AskAsync("/v1/embeddings", """{"model":"openai","input":"a"}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"not numbers\"")]
    [InlineData("\"AAAA\"")]
    [InlineData("{\"a\":1}")]
    [InlineData("[\"a\"]")]
    public async Task Vectors_of_another_kind_are_an_error(string vector)
    {
        Upstream.Then(Replies.Json($$"""{"object":"list","data":[{"embedding":{{vector}},"index":0}],"model":"m"}"""));
        var format = vector.StartsWith('"') ? "float" : "base64";
        var error = await RefusedAsync("/v1/embeddings", $$"""{"model":"openai","input":"a","encoding_format":"{{format}}"}""");
        Assert.Equal(502, error.Status);
        Assert.Contains("vectors", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[15339,1917]", "\"hello world\"")]
    [InlineData("[[15339,1917],[0]]", "[\"hello world\",\"!\"]")]
    [InlineData("[100257]", null)]
    [InlineData("[[1],[-1]]", null)]
    public async Task Token_ids_reach_a_provider_that_reads_them_and_become_text_for_one_that_does_not(string tokens, string? text)
    {
        var body = $$"""{"model":"MODEL","input":{{tokens}}}""";
        await AskAsync("/v1/embeddings", body.Replace("MODEL", "openai", StringComparison.Ordinal));
        Assert.Equal(tokens, Upstream.Requests[0].Json.GetProperty("input").GetRawText());

        var decoded = body.Replace("MODEL", "together_ai", StringComparison.Ordinal);
        if (text is not null)
        {
            await AskAsync("/v1/embeddings", decoded);
            Assert.Equal(text, Upstream.Requests[1].Json.GetProperty("input").GetRawText());
            return;
        }

        var error = await RefusedAsync("/v1/embeddings", decoded);
        Assert.Equal((400, "input"), (error.Status, error.Param));
        Assert.Contains("token ids", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistral_is_asked_in_its_own_words()
    {
        Upstream.Then(Replies.Json("""{"data":[],"model":"m"}"""));
        // The fake is OpenAI's, and refuses Mistral's word: that it does is what shows.
        var error = await RefusedAsync("/v1/embeddings", """{"model":"mistral","input":"a","dimensions":256,"user":"u"}""");
        Assert.Equal("output_dimension", error.Param);
        Assert.False(Upstream.Requests[0].Json.TryGetProperty("user", out _));
    }

    [Fact]
    public async Task Gemini_is_asked_at_its_OpenAI_endpoint_with_a_bearer_token()
    {
        // The fake knows no such path, and says which one it was asked for.
        var error = await RefusedAsync("/v1/embeddings", """{"model":"gemini","input":"a"}""");
        Assert.Contains("Invalid URL (POST /v1/openai/embeddings)", error.Message, StringComparison.Ordinal);
        Assert.Equal($"Bearer {OpenAiDialect.Key}", Upstream.Requests.Single().Headers["Authorization"]);
    }

    [Fact]
    public async Task A_provider_without_embeddings_says_so()
    {
        var error = await RefusedAsync("/v1/embeddings", """{"model":"groq","input":"a"}""");
        Assert.Equal((400, "model", "groq does not serve embeddings. Choose another model."), (error.Status, error.Param, error.Message));
        Assert.Empty(Upstream.Requests);
    }

    private static float[] Floats(JsonElement vector, bool isBase64) => isBase64
        ? MemoryMarshal.Cast<byte, float>(vector.GetBytesFromBase64()).ToArray()
        : [.. vector.EnumerateArray().Select(number => number.GetSingle())];
}
