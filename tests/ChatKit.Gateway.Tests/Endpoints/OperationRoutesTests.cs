using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

/// <summary>The operations that pass: same dialect in and out, so bytes survive and only the model's name changes.</summary>
public sealed class OperationRoutesTests : ModalityTest
{
    [Theory]
    [InlineData("/embeddings")]
    [InlineData("/v1/embeddings")]
    [InlineData("/engines/gpt/embeddings")]
    [InlineData("/openai/deployments/gpt/embeddings")]
    [InlineData("/v1/openai/deployments/gpt/embeddings")]
    public async Task Every_path_that_clients_know_leads_to_the_operation(string path)
    {
        var model = path.Contains("gpt", StringComparison.Ordinal) ? "" : ""","model":"gpt" """;
        await AskAsync(path, $$"""{"input":"a"{{model}}}""");
        Assert.Equal(("/v1/embeddings", "gpt-4o-upstream"), (Upstream.Requests[0].Path, Upstream.Requests[0].Json.GetProperty("model").GetString()));
    }

    [Theory]
    [InlineData("/v1/embeddings", """{ "model" : "gpt", "input":["a","b"],  "dimensions": 2, "encoding_format":"float","user":"u" }""")]
    [InlineData("/v1/completions", """{"prompt":["Once"],"model":"gpt","temperature":0.50,"echo":true,"best_of":2,"logprobs":0,"suffix":"."}""")]
    [InlineData("/v1/moderations", """{"input":[{"type":"text","text":"é\u00e9"}],"model":"gpt"}""")]
    [InlineData("/v1/images/generations", """{"model":"gpt","prompt":"a cat","size":"1024x1024","n":1}""")]
    [InlineData("/v1/images/edits", """{"model":"gpt","prompt":"a cat","images":[{"image_url":"https://example.com/cat.png"}]}""")]
    [InlineData("/v1/audio/speech", """{"model":"gpt","input":"Hi","voice":"alloy","response_format":"mp3"}""")]
    public async Task The_request_passes_byte_for_byte(string path, string body)
    {
        await AskAsync(path, body);
        Assert.Equal(body.Replace("\"gpt\"", "\"gpt-4o-upstream\"", StringComparison.Ordinal), Assert.Single(Upstream.Requests).BodyText);
        Assert.Equal(path, Upstream.Requests[0].Path);
    }

    [Fact]
    public async Task The_answer_passes_byte_for_byte_but_for_the_model()
    {
        const string Answer = """{ "id":"modr-1", "model":"omni-moderation-2024-09-26", "results":[{"flagged":false,"new_member":[1.50]}] }""";
        Upstream.Then(Replies.Json(Answer));
        Assert.Equal(Answer.Replace("omni-moderation-2024-09-26", "gpt", StringComparison.Ordinal), await AskAsync("/v1/moderations", """{"input":"a","model":"gpt"}"""));
    }

    [Theory]
    [InlineData("/v1/embeddings", """{"model":"gpt"}""", "input")]
    [InlineData("/v1/embeddings", """{"input":"a"}""", "model")]
    [InlineData("/v1/completions", """{"model":"gpt"}""", "prompt")]
    [InlineData("/v1/moderations", """{"input":"a"}""", "model")]
    [InlineData("/v1/audio/speech", """{"model":"unheard-of","input":"a"}""", "model")]
    public async Task A_bad_request_is_a_400_that_names_the_member(string path, string body, string param)
    {
        var error = await RefusedAsync(path, body);
        Assert.Equal((400, param), (error.Status, error.Param));
        Assert.Empty(Upstream.Requests);
    }

    [Theory]
    [InlineData("/v1/embeddings", """{"model":"gpt","input":"a","aura":1}""")]
    [InlineData("/v1/images/generations", """{"model":"gpt","prompt":"a","aura":1,"stream":true}""")]
    [InlineData("/v1/audio/speech", """{"model":"gpt","input":"a","voice":"alloy","aura":1}""")]
    public async Task The_providers_refusal_reaches_the_client(string path, string body)
    {
        var error = await RefusedAsync(path, body);
        Assert.Equal((400, "aura", "BadRequestError: openai: Unknown parameter: 'aura'."), (error.Status, error.Param, error.Message));
    }

    [Fact]
    public async Task An_error_in_a_success_and_a_success_that_is_no_document_are_errors()
    {
        Upstream.Then(Replies.Json("""{"error":{"message":"No capacity.","code":"503"}}"""), Replies.HtmlError(200), Replies.EmptyOk);
        Assert.Equal(503, (await RefusedAsync("/v1/embeddings", """{"model":"gpt","input":"a"}""")).Status);
        Assert.Equal(502, (await RefusedAsync("/v1/embeddings", """{"model":"gpt","input":"a"}""")).Status);
        Assert.Equal(502, (await RefusedAsync("/v1/moderations", """{"model":"gpt","input":"a"}""")).Status);
    }
}
