using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Gateway.Providers;
using Xunit;

namespace ChatKit.Gateway.Tests.Model.Facts;

public sealed class ModelFactsCatalogTests
{
    private static readonly System.Reflection.Assembly Gateway = typeof(ModelFactsCatalog).Assembly;

    public static TheoryData<string> Providers => new(Gateway.GetManifestResourceNames().Where(name => name.StartsWith("facts/", StringComparison.Ordinal)).Select(name => name["facts/".Length..]));

    [Theory]
    [InlineData("openai", "nobody-knows-this")]
    [InlineData("hosted_vllm", "meta-llama/Llama-3-8B")]
    [InlineData("azure", "our-deployment")]
    [InlineData("", "")]
    public void What_nobody_described_is_unknown_and_costs_nobody_knows_what(string provider, string model)
    {
        var facts = ModelFactsCatalog.Find(provider, model);

        Assert.Same(ModelFacts.Unknown, facts);
        Assert.Null(facts.ContextWindow);
        Assert.Null(facts.Vision);
        Assert.Null(facts.Prices.CostOf(new TokenUsage(10, 10)));
    }

    [Theory]
    [InlineData("azure", "gpt-4o-mini-2024-07-18", "openai", "gpt-4o-mini")]
    [InlineData("anthropic", "claude-opus-4-5-20251101", "anthropic", "claude-opus-4-5")]
    [InlineData("bedrock", "converse/eu-west-1/eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("vertex_ai", "claude-haiku-4-5@20251001", "anthropic", "claude-haiku-4-5-20251001")]
    [InlineData("cohere_chat", "command-a-03-2025", "cohere", "command-a-03-2025")]
    [InlineData("codestral", "codestral-latest", "mistral", "codestral-latest")]
    public void A_model_is_found_where_it_runs_and_by_its_snapshots(string provider, string model, string maker, string published)
    {
        var facts = ModelFactsCatalog.Find(provider, model);

        Assert.NotSame(ModelFacts.Unknown, facts);
        Assert.Equal(ModelFactsCatalog.Find(maker, published).Prices.Input, facts.Prices.Input);
        Assert.Equal(ModelFactsCatalog.Find(maker, published).ContextWindow, facts.ContextWindow);
    }

    /// <summary>OpenAI never lowered the price of the first snapshot: a snapshot with facts of its own keeps them.</summary>
    [Fact]
    public void A_snapshot_with_facts_of_its_own_keeps_them()
    {
        Assert.Equal(5m, ModelFactsCatalog.Find("openai", "gpt-4o-2024-05-13").Prices.Input);
        Assert.Equal(2.5m, ModelFactsCatalog.Find("openai", "gpt-4o").Prices.Input);
    }

    [Theory]
    [InlineData("azure", "azure/gpt-4o")]
    [InlineData("azure", "gpt-4o")]
    [InlineData("openai", "openai/gpt-4o")]
    [InlineData("hosted_vllm", "openai/gpt-4o")]
    public void A_base_model_is_one_of_its_provider_or_of_the_deployments(string provider, string baseModel) =>
        Assert.Equal(128_000, ModelFactsCatalog.FindBase(provider, baseModel).ContextWindow);

    [Fact]
    public void A_base_model_with_a_slash_in_its_name_is_found() =>
        Assert.Equal(131_072, ModelFactsCatalog.FindBase("groq", "openai/gpt-oss-120b").ContextWindow);

    [Theory]
    [MemberData(nameof(Providers))]
    public void Every_file_is_of_a_provider_and_says_where_it_comes_from(string provider)
    {
        using var file = Gateway.GetManifestResourceStream($"facts/{provider}")!;
        using var json = JsonDocument.Parse(file);
        var root = json.RootElement;

        Assert.Equal(provider, root.GetProperty("provider").GetString());
        Assert.True(DateOnly.TryParseExact(root.GetProperty("date").GetString(), "yyyy-MM-dd", out _));
        Assert.All(root.GetProperty("sources").EnumerateArray(), source => Assert.EndsWith(", MIT", source.GetString(), StringComparison.Ordinal));
    }

    /// <summary>A zero in a source mostly means "not said"; as a price it would make cost-based routing prefer the unknown.</summary>
    [Theory]
    [MemberData(nameof(Providers))]
    public void No_price_is_zero_by_omission(string provider)
    {
        using var file = Gateway.GetManifestResourceStream($"facts/{provider}")!;
        var models = JsonSerializer.Deserialize(file, FactsJson.Default.FactsFile)!.Models;

        Assert.NotEmpty(models);
        Assert.All(models, model => Assert.False((model.Value.In is 0 || model.Value.Out is 0) && !model.Key.EndsWith("free", StringComparison.Ordinal), model.Key));
        Assert.All(models, model => Assert.False(model.Value.Context is 0 || model.Value.Output is 0, model.Key));
    }

    /// <summary>Names that the list of models offers must not be strangers to the catalogue of their own provider.</summary>
    [Fact]
    public void Nearly_every_model_that_is_offered_is_described()
    {
        string[] described = ["openai", "anthropic", "gemini", "mistral", "groq", "deepseek", "xai"];
        var offered = ProviderRows.All.Where(row => described.Contains(row.Name)).SelectMany(row => row.Models.Select(model => (row.Name, model))).ToList();
        var unknown = offered.Where(model => ModelFactsCatalog.Find(model.Name, model.model).Prices.Input is null).ToList();

        Assert.True(unknown.Count <= offered.Count / 10, $"{unknown.Count} of {offered.Count}: {string.Join(", ", unknown)}");
    }
}
