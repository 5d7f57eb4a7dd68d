using System.Net;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Testing.Otlp;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline.PassThrough;

/// <summary>What passes through is settled like any other attempt, through the strict fakes of the providers.</summary>
public sealed class MeteredPassThroughTests : IAsyncLifetime
{
    private const string Key = "sk-master-0123456789abcdef";

    private OtlpReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await OtlpReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData(",\"stream\":true")]
    public async Task Anthropic(string stream) => await MeteredAsync(
        new AnthropicDialect(),
        (folder, upstream) => folder.Set("ANTHROPIC_API_KEY", AnthropicDialect.Key).Set("ANTHROPIC_API_BASE", upstream.Address),
        "/anthropic/v1/messages",
        $$"""{"model":"claude-sonnet-4-6","max_tokens":9,"messages":[{"role":"user","content":"hi"}]{{stream}}}""",
        ("anthropic", 9L, 5L, 4L));

    [Theory]
    [InlineData("converse")]
    [InlineData("converse-stream")]
    public async Task Bedrock_signed_anew(string operation) => await MeteredAsync(
        new BedrockDialect(),
        (folder, upstream) => folder.Set("AWS_ACCESS_KEY_ID", BedrockDialect.AccessKeyId).Set("AWS_SECRET_ACCESS_KEY", BedrockDialect.SecretAccessKey)
            .Set("AWS_REGION", BedrockDialect.Region).Set("AWS_BEDROCK_RUNTIME_ENDPOINT", upstream.Address),
        $"/bedrock/model/arn%3Aaws%3Abedrock%3Aeu-west-1%3A1%3Ainference-profile%2Feu.anthropic.claude/{operation}",
        """{"messages":[{"role":"user","content":[{"text":"hi"}]}]}""",
        ("aws.bedrock", 9L, 5L, 4L));

    private async Task MeteredAsync(UpstreamDialect dialect, Action<ConfigFolder, FakeUpstream> configure, string path, string body, (string Provider, long Input, long Output, long Cached) expected)
    {
        await using var upstream = await FakeUpstream.StartAsync(dialect);
        using var folder = new ConfigFolder().Set("LITELLM_MASTER_KEY", Key);
        foreach (var (name, value) in _receiver.Environment) folder.Set(name, value);
        configure(folder, upstream);
        await using (var gateway = await Hosting.ConfiguredGateway.StartAsync(folder, Key))
        {
            gateway.Client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
            gateway.Client.DefaultRequestHeaders.Add("x-amz-date", "20200101T000000Z");
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await gateway.Client.PostAsync(new Uri(path, UriKind.Relative), content);
            Assert.True(response.StatusCode is HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
            Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
        }

        await _receiver.WaitForAsync(static receiver => receiver.Spans.Any(static span => span.Name == "pass_through *"));
        var span = _receiver.Spans.First(static span => span.Name == "pass_through *");
        Assert.Equal(expected, ((string)span.Attributes["gen_ai.provider.name"]!, (long)span.Attributes["gen_ai.usage.input_tokens"]!, (long)span.Attributes["gen_ai.usage.output_tokens"]!, (long)span.Attributes["gen_ai.usage.cache_read.input_tokens"]!));
        Assert.Equal("pass_through", span.Attributes["gen_ai.operation.name"]);
    }
}
