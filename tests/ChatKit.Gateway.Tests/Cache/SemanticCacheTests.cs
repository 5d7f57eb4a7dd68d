using System.Globalization;
using System.Text;
using ChatKit.Gateway.Cache.Semantic;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Cache;

/// <summary>Questions that are nearly the same: their vectors come from an embedding model of the gateway's own.</summary>
public sealed class SemanticCacheTests
{
    [Fact]
    public async Task A_question_that_is_alike_enough_gets_the_answer_of_the_other()
    {
        await using var run = await Run.StartAsync(0.95);

        var first = await run.AskAsync("What is the capital of France? 10 1");
        var alike = await run.AskAsync("The capital of France is? 10 1.5");
        var other = await run.AskAsync("Who painted Guernica? 1 10");

        Assert.Equal("", first.Similarity);
        Assert.StartsWith("0.99", alike.Similarity, StringComparison.Ordinal);
        Assert.Equal(first.Body, alike.Body);
        Assert.Equal("", other.Similarity);
        Assert.Equal(2, run.Chats.Requests.Count);
    }

    [Fact]
    public async Task The_embedding_is_a_call_of_its_own_and_is_settled_as_one()
    {
        await using var run = await Run.StartAsync(0.95);

        await run.AskAsync("one 1 0");
        await run.AskAsync("one 1 0");

        // The second time the question is the same, and no vector is needed.
        Assert.Equal(["chat", "embedder"], (await run.Facts.TakeAsync(2)).Select(fact => fact.Split(' ')[2]).Order());
        Assert.Single(run.Embeddings.Requests);
    }

    [Fact]
    public async Task Nobody_gets_the_answer_of_another_conversation_or_system_prompt()
    {
        await using var run = await Run.StartAsync(0.5);
        static string With(string system) => $$"""{"role":"system","content":"{{system}}"},""";
        await run.AskAsync("again? 1 0", With("You are a lawyer."));

        Assert.Equal("", (await run.AskAsync("again! 1 0", With("You are a pirate."))).Similarity);
        Assert.NotEqual("", (await run.AskAsync("again!! 1 0", With("You are a lawyer."))).Similarity);
    }

    [Fact]
    public async Task Without_a_vector_the_call_goes_on_by_itself()
    {
        await using var run = await Run.StartAsync(0.95);
        run.Embeddings.Always = OpenAiReplies.Error(500, "down", "server_error");

        var told = await run.AskAsync("one 1 0");
        var again = await run.AskAsync("one 1 0");

        Assert.Equal(told.Body, again.Body);
        Assert.Single(run.Chats.Requests);
        Assert.Contains(run.Gateway.Logs.All, line => line.Contains("the semantic cache is passed by", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", "hi", 0)]
    [InlineData("""{"messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"hi"}]}]}""", "hi\n", 1)]
    [InlineData("""{"input":"hi"}""", "hi", 0)]
    [InlineData("""{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""", "hi\n", 0)]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}""", null, 0)]
    [InlineData("""{"messages":[{"role":"tool","tool_call_id":"1","content":"42"}]}""", null, 0)]
    [InlineData("""{"input":["a","b"]}""", null, 0)]
    [InlineData("""{"input":"\ud800"}""", null, 0)]
    [InlineData("""{"query":"x","documents":["a"]}""", null, 0)]
    public void The_wording_is_the_text_of_the_users_last_message(string body, string? words, int before)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var members = new List<JsonMember>();
        JsonMembers.Read(bytes, members);

        var wording = Wording.Of(bytes, members);

        Assert.Equal(words, wording?.Text);
        Assert.Equal(before, wording?.Before.Count ?? 0);
    }

    [Fact]
    public void The_index_stays_within_its_memory_and_forgets_the_oldest()
    {
        var index = new VectorIndex(maxBytes: 40_000);
        foreach (var n in Enumerable.Range(0, 20 * 50)) index.Add($"s{n / 50}", new($"k{n % 50}", [n % 50, 1, 2, 3], n));

        Assert.Null(index.Find("s0", [1, 1, 2, 3], 0.9));
        Assert.Equal("k49", index.Find("s19", [49, 1, 2, 3], 0.999)!.Value.Key);
        index.Remove("s19", "k49");
        Assert.NotEqual("k49", index.Find("s19", [49, 1, 2, 3], 0.9)!.Value.Key);
        Assert.Null(index.Find("s19", [49, 1], 0.1));
    }

    [Theory]
    [InlineData(new float[] { 1, 0 }, new float[] { 1, 0 }, 1)]
    [InlineData(new float[] { 1, 0 }, new float[] { 0, 1 }, 0)]
    [InlineData(new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, new float[] { -1, -2, -3, -4, -5, -6, -7, -8, -9 }, -1)]
    [InlineData(new float[] { 0, 0 }, new float[] { 1, 0 }, 0)]
    public void Likeness_is_the_cosine(float[] a, float[] b, double expected) => Assert.Equal(expected, VectorIndex.Cosine(a, b), 6);

    /// <summary>A gateway whose embedding model reads the two numbers at the end of a text as its vector.</summary>
    private sealed class Run(FakeUpstream chats, FakeUpstream embeddings, GatewayHost gateway, SettledFacts facts) : IAsyncDisposable
    {
        public FakeUpstream Chats => chats;

        public FakeUpstream Embeddings => embeddings;

        public GatewayHost Gateway => gateway;

        public SettledFacts Facts => facts;

        public static async Task<Run> StartAsync(double threshold)
        {
            var (chats, embeddings, facts) = (await FakeUpstream.StartAsync(), await FakeUpstream.StartAsync(new OpenAiOperationsDialect()), new SettledFacts());
            embeddings.Always = (request, http) =>
            {
                var words = request.Json.GetProperty("input").GetString()!.TrimEnd('\n').Split(' ');
                return Replies.Json($$"""{"object":"list","data":[{"object":"embedding","index":0,"embedding":[{{words[^2]}},{{words[^1]}}]}],"model":"e","usage":{"prompt_tokens":1,"total_tokens":1} }""")(request, http);
            };
            var settings = new GatewaySettings
            {
                MasterKey = new Secret(GatewayHost.MasterKey),
                Retries = 0,
                Cache = new CacheSettings { Semantic = new SemanticSettings(threshold, "vectors", TimeSpan.FromSeconds(20)) },
            };
            var gateway = await GatewayHost.StartAsync(
                services => services.AddSingleton<ISharedRoutingState>(facts), settings, GatewayHost.At(chats, "chat"), GatewayHost.At(embeddings, "embedder") with { GroupName = "vectors" });
            return new Run(chats, embeddings, gateway, facts);
        }

        public async Task<(string Body, string Similarity)> AskAsync(string question, string before = "")
        {
            using var response = await gateway.ChatAsync($$"""{"model":"gpt","messages":[{{before}}{"role":"user","content":"{{question}}"}] }""");
            Assert.True(response.IsSuccessStatusCode);
            return (await response.Content.ReadAsStringAsync(), response.Headers.TryGetValues("x-litellm-semantic-similarity", out var values) ? values.Single().ToString(CultureInfo.InvariantCulture) : "");
        }

        public async ValueTask DisposeAsync()
        {
            await gateway.DisposeAsync();
            await chats.DisposeAsync();
            await embeddings.DisposeAsync();
        }
    }
}
