using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

/// <summary>Cohere's shape in front, whoever ranks.</summary>
public sealed class RerankTests : IAsyncLifetime
{
    private const string Body = """{"model":"MODEL","query":"capital of France","documents":["Rome",{"text":"Paris"},"Bern"],"top_n":2MORE}""";

    private readonly Dictionary<string, FakeUpstream> _upstreams = [];
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        foreach (var (provider, dialect) in Dialects()) _upstreams[provider] = await FakeUpstream.StartAsync(dialect);
        _gateway = await GatewayHost.StartAsync([.. _upstreams.Select(entry => GatewayHost.At(entry.Value, entry.Key) with { GroupName = entry.Key, Provider = entry.Key, ApiKey = new Secret(entry.Value.ApiKey) })]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        foreach (var upstream in _upstreams.Values) await upstream.DisposeAsync();
    }

    [Theory]
    [InlineData("cohere", "/rerank", "\"meta\":{\"api_version\":{\"version\":\"2\"},\"billed_units\":{\"search_units\":1}}")]
    [InlineData("cohere", "/v2/rerank", "\"search_units\":1")]
    [InlineData("jina_ai", "/v1/rerank", "\"meta\":{\"tokens\":{\"input_tokens\":26}}")]
    [InlineData("voyage", "/v2/rerank", "\"meta\":{\"tokens\":{\"input_tokens\":26}}")]
    public async Task Every_reranker_answers_in_one_shape(string provider, string path, string meta)
    {
        var (status, answer) = await PostAsync(path, provider, "");
        Assert.True(status == 200, answer);
        var results = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(answer).GetProperty("results");
        Assert.Equal([2, 1], results.EnumerateArray().Select(result => result.GetProperty("index").GetInt32()));
        Assert.All(results.EnumerateArray(), result => Assert.Equal(["index", "relevance_score"], result.EnumerateObject().Select(member => member.Name)));
        Assert.Contains(meta, answer, StringComparison.Ordinal);
        var sent = _upstreams[provider].Requests.Single().Json;
        Assert.Equal(("""["Rome","Paris","Bern"]""", 2), (sent.GetProperty("documents").GetRawText(), sent.GetProperty(provider == "voyage" ? "top_k" : "top_n").GetInt32()));
    }

    [Theory]
    [InlineData("cohere")]
    [InlineData("jina_ai")]
    [InlineData("voyage")]
    public async Task Documents_come_back_where_they_are_asked_for(string provider)
    {
        var (_, answer) = await PostAsync("/v1/rerank", provider, ",\"return_documents\":true");
        Assert.Contains("\"document\":{\"text\":\"Bern\"}},{\"index\":1", answer, StringComparison.Ordinal);
        Assert.Contains("\"document\":{\"text\":\"Paris\"}}]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compatible_server_gets_the_bytes()
    {
        var (status, answer) = await PostAsync("/v1/rerank", "hosted_vllm", "");
        Assert.Equal(200, status);
        Assert.Contains("\"relevance_score\":0.99", answer, StringComparison.Ordinal);
        Assert.Equal(Body.Replace("MODEL", "gpt-4o-upstream", StringComparison.Ordinal).Replace("MORE", "", StringComparison.Ordinal), _upstreams["hosted_vllm"].Requests.Single().BodyText);
    }

    [Theory]
    [InlineData("voyage", ",\"max_tokens_per_doc\":10,\"rank_fields\":[\"a\"],\"truncation\":true", "max_tokens_per_doc, rank_fields")]
    [InlineData("cohere", ",\"max_tokens_per_doc\":10,\"max_chunks_per_doc\":1", "max_chunks_per_doc")]
    public async Task What_a_reranker_has_no_word_for_is_named(string provider, string more, string losses)
    {
        using var response = await _gateway.Client.PostAsync("/rerank", Content(provider, more));
        Assert.Equal((200, losses), ((int)response.StatusCode, response.Headers.GetValues("x-chatkit-losses").Single()));
    }

    [Theory]
    [InlineData("cohere", """{"model":"cohere","query":"a","documents":[{"title":"x"}]}""", "documents[0]")]
    [InlineData("cohere", """{"model":"cohere","documents":["a"]}""", "query")]
    [InlineData("cohere", """{"model":"cohere","query":"a"}""", "documents")]
    [InlineData("cohere", """{"model":"cohere","query":7,"documents":["a"]}""", "request_body")]
    public async Task A_bad_request_is_a_400(string provider, string body, string param)
    {
        using var response = await _gateway.Client.PostAsync("/v2/rerank", new StringContent(body));
        var error = await ErrorAnswer.ReadAsync(response);
        Assert.Equal((400, param), (error.Status, error.Param));
        Assert.Empty(_upstreams[provider].Requests);
    }

    [Theory]
    [InlineData("""{"results":[{"index":9,"relevance_score":0.5}]}""")]
    [InlineData("""{"results":[{"index":0}]}""")]
    [InlineData("""{"data":[]}""")]
    [InlineData("[]")]
    public async Task What_is_no_ranking_of_these_documents_is_an_error(string answer)
    {
        _upstreams["cohere"].Then(Replies.Json(answer));
        Assert.Equal(502, (await PostAsync("/rerank", "cohere", "")).Status);
    }

    [Theory]
    [InlineData("cohere", """,,"input_type":"search_query","dimensions":256,"user":"u" """, """{"model":"gpt-4o-upstream","input_type":"search_query","embedding_types":["float"],"texts":["a","b"],"output_dimension":256}""")]
    [InlineData("cohere", "", """{"model":"gpt-4o-upstream","input_type":"search_document","embedding_types":["float"],"texts":["a","b"]}""")]
    [InlineData("jina_ai", """,,"task":"text-matching","encoding_format":"base64" """, """{"model":"gpt-4o-upstream","input":["a","b"],"task":"text-matching" }""")]
    [InlineData("voyage", """,,"input_type":"query","dimensions":256,"encoding_format":"float" """, """{"model":"gpt-4o-upstream","input":["a","b"],"input_type":"query","output_dimension":256 }""")]
    public async Task Their_embeddings_are_asked_in_their_words_and_answer_in_OpenAIs(string provider, string more, string sent)
    {
        var content = new StringContent($$"""{"model":"{{provider}}","input":["a","b"]{{more.Replace(",,", ",", StringComparison.Ordinal)}}}""");
        using var response = await _gateway.Client.PostAsync("/v1/embeddings", content);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        Assert.Equal(sent, _upstreams[provider].Requests.Single().BodyText);
        Assert.Contains(more.Contains("base64", StringComparison.Ordinal) ? "\"embedding\":\"AACAPgAAgL0=\"" : "\"embedding\":[0.25,-0.0625]", answer, StringComparison.Ordinal);
        Assert.Contains("\"prompt_tokens\":", answer, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Provider, UpstreamDialect Dialect)> Dialects() =>
    [
        ("cohere", new CohereDialect()),
        ("jina_ai", new VectorsDialect(isVoyage: false)),
        ("voyage", new VectorsDialect(isVoyage: true)),
        ("hosted_vllm", new OpenAiOperationsDialect { ServesRerank = true }),
    ];

    private static StringContent Content(string provider, string more) => new(Body.Replace("MODEL", provider, StringComparison.Ordinal).Replace("MORE", more, StringComparison.Ordinal));

    private async Task<(int Status, string Answer)> PostAsync(string path, string provider, string more)
    {
        using var response = await _gateway.Client.PostAsync(path, Content(provider, more));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
