using ChatKit.Backend.Agent;
using ChatKit.Backend.Models;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Models;
using ChatKit.Testing.Upstream;
using OpenAI.Chat;
using Xunit;

namespace ChatKit.Backend.Tests.Models;

/// <summary>What the OpenAI package does with time: it may end silence, never a long answer.</summary>
public sealed class ModelConnectionTests : IAsyncLifetime
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private FakeUpstream _gateway = null!;
    private ModelConnection _models = null!;

    public async Task InitializeAsync()
    {
        _gateway = await FakeUpstream.StartAsync(new GatewayDialect());
        _models = new ModelConnection(new ModelEndpoint("litellm", new Uri(_gateway.ApiBase), GatewayDialect.Key), Silence);
    }

    public async Task DisposeAsync()
    {
        _models.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_may_last_longer_than_the_longest_silence()
    {
        _gateway.Then(OpenAiReplies.Text("a b c d e f", delay: Silence / 4));

        Assert.Equal("a b c d e f", string.Concat(await ReadAsync()));
    }

    [Fact]
    public async Task Silence_in_an_answer_ends_it()
    {
        _gateway.Then(OpenAiReplies.BrokenStream(2, SseEnd.Silence));

        await Assert.ThrowsAnyAsync<Exception>(ReadAsync).WaitAsync(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Silence_before_an_answer_ends_it()
    {
        _gateway.Then(Replies.Hang);

        await Assert.ThrowsAnyAsync<Exception>(ReadAsync).WaitAsync(TimeSpan.FromSeconds(15));
        Assert.Single(_gateway.Requests);
    }

    private async Task<List<string>> ReadAsync() =>
        await new ModelReply().ReadAsync(new ChatClient("demo", _models.Key, _models.Options()), [new UserChatMessage("Hi")], new ChatCompletionOptions(), default)
            .OfType<Words>().Select(words => words.Text).ToListAsync();
}
