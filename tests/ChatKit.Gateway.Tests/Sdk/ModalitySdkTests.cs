using System.ClientModel;
using System.ClientModel.Primitives;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Embeddings;
using OpenAI.Images;
using Xunit;

namespace ChatKit.Gateway.Tests.Sdk;

/// <summary>What models do besides chatting, by public clients, against the strict fake.</summary>
[Collection(SdkTests.Name)]
public sealed class ModalitySdkTests(SdkFixture sdk) : IAsyncLifetime
{
    private FakeUpstream _upstream = null!;
    private FakeUpstream _cohere = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync(new OpenAiOperationsDialect());
        _cohere = await FakeUpstream.StartAsync(new CohereDialect());
        _gateway = await GatewayHost.StartAsync(
            GatewayHost.At(_upstream),
            GatewayHost.At(_cohere, "d3") with { GroupName = "ranker", Provider = "cohere", ApiKey = new Secret(CohereDialect.Key) },
            GatewayHost.At(_upstream, "d2") with { GroupName = "numbers", Provider = "together_ai" });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
        await _cohere.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData("modalities.test.mjs")]
    [InlineData("cohere.test.mjs")]
    public Task An_npm_package_does_what_there_is_besides_chat(string file) => sdk.RunNodeAsync(file, _gateway.Address);

    [Theory]
    [InlineData("gpt")]
    [InlineData("numbers")]
    public async Task Embeddings(string model)
    {
        OpenAIEmbeddingCollection vectors = await new EmbeddingClient(model, Key, Options).GenerateEmbeddingsAsync(["a", "b"]);
        Assert.Equal([OpenAiOperationReplies.Vector(0), OpenAiOperationReplies.Vector(1)], vectors.Select(vector => vector.ToFloats().ToArray()));
        Assert.Equal((model, 8), (vectors.Model, vectors.Usage.InputTokenCount));
    }

    [Fact]
    public async Task Audio()
    {
        var client = new AudioClient("gpt", Key, Options);
        AudioTranscription transcript = await client.TranscribeAudioAsync(new MemoryStream(new byte[5000]), "a.mp3");
        Assert.Equal("I see skies", transcript.Text);
        AudioTranslation translation = await client.TranslateAudioAsync(new MemoryStream(new byte[5000]), "a.mp3");
        Assert.Equal("I see skies", translation.Text);
        BinaryData speech = await client.GenerateSpeechAsync("Hi", GeneratedSpeechVoice.Alloy);
        Assert.Equal(OpenAiOperationReplies.Sound, speech.ToArray());
    }

    [Fact]
    public async Task Images()
    {
        var client = new ImageClient("gpt", Key, Options);
        GeneratedImage made = await client.GenerateImageAsync("a cat");
        GeneratedImage edited = await client.GenerateImageEditAsync(new MemoryStream(new byte[5000]), "a.png", "a hat");
        GeneratedImage varied = await client.GenerateImageVariationAsync(new MemoryStream(new byte[5000]), "a.png");
        Assert.All([made, edited, varied], image => Assert.Equal("hallo", image.ImageBytes.ToString()));
    }

    private static ApiKeyCredential Key { get; } = new(GatewayHost.MasterKey);

    private OpenAIClientOptions Options => new() { Endpoint = new Uri(_gateway.Address, "/v1"), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
}
