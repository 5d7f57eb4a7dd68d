using System.Buffers;
using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Embeddings;
using ChatKit.Gateway.Providers.Ollama;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Ollama;

/// <summary>Which of Ollama's two embeddings serves a call, and what its own is asked and answers.</summary>
public sealed class EmbeddingsTests
{
    private readonly OllamaEmbeddings _provider = new(new EmbeddingsProvider(EmbeddingAbilities.Compatible));

    [Theory]
    [InlineData("""{"input":"a","dimensions":8}""", "http://localhost:11434/v1/embeddings", """{"input":"a","dimensions":8,"model":"claude-sonnet-4-6"}""")]
    [InlineData(
        """{"input":["a","b"],"dimensions":8,"num_ctx":512,"options":{"num_gpu":1},"keep_alive":"5m","truncate":false,"encoding_format":"base64","user":"u"}""",
        "http://localhost:11434/api/embed",
        """{"model":"claude-sonnet-4-6","input":["a","b"],"dimensions":8,"options":{"num_ctx":512,"num_gpu":1},"keep_alive":"5m","truncate":false}""")]
    [InlineData("""{"input":[15339,1917],"keep_alive":0}""", "http://localhost:11434/api/embed", """{"model":"claude-sonnet-4-6","input":["hello world"],"keep_alive":0}""")]
    public void What_only_its_own_api_knows_goes_there(string body, string address, string sent)
    {
        var request = new UpstreamRequest();
        Assert.Null(_provider.WriteRequest(OllamaCalls.Of(Operation.Embeddings, body), request));
        Assert.Equal((address, sent), (request.Address!.AbsoluteUri, Encoding.UTF8.GetString(request.Body.WrittenSpan)));
    }

    [Theory]
    [InlineData("float", "[0.25,-0.0625]")]
    [InlineData("base64", "\"AACAPgAAgL0=\"")]
    public void Its_vectors_come_in_the_form_that_was_asked_for(string format, string vector)
    {
        var call = OllamaCalls.Of(Operation.Embeddings, $$"""{"input":"a","keep_alive":0,"encoding_format":"{{format}}"}""");
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(_provider.ReadAnswer(call, Encoding.UTF8.GetBytes("""{"model":"m","embeddings":[[0.25,-0.0625]],"prompt_eval_count":3}"""), output, out var facts));
        Assert.Contains($"\"embedding\":{vector}", Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
        Assert.Equal(new TokenUsage(3, 0), facts.Usage);
    }

    [Theory]
    [InlineData("""{"error":"no such model"}""")]
    [InlineData("""{"embeddings":["a"]}""")]
    [InlineData("[]")]
    public void What_holds_no_vectors_is_an_error(string answer)
    {
        var call = OllamaCalls.Of(Operation.Embeddings, """{"input":"a","keep_alive":0,"encoding_format":"base64"}""");
        Assert.Equal(502, _provider.ReadAnswer(call, Encoding.UTF8.GetBytes(answer), new ArrayBufferWriter<byte>(), out _)!.Status);
    }
}
