using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.AspNetCore.Http;

namespace ChatKit.Gateway.Tests.Chaos;

/// <summary>
/// A group whose deployments fail in every way that providers do, and whose last resort never does. Every answer begins and ends with the question, so that it is
/// known whose it is and whether it is whole.
/// </summary>
internal sealed class FaultyGroup : IAsyncDisposable
{
    /// <summary>For those who would keep everybody waiting. Not so short that a busy machine could not answer in it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private readonly List<FakeUpstream> _upstreams = [];
    private readonly RefusedAddress _refused = new();
    private int _flaps;

    public required string Name { get; init; }

    public List<Deployment> Deployments { get; } = [];

    /// <param name="name">The group's name, with which its deployments' ids begin.</param>
    /// <param name="cooldown">Null for the usual rests; zero for none, so that every call meets every fault.</param>
    public static async Task<FaultyGroup> StartAsync(string name, TimeSpan? cooldown)
    {
        var group = new FaultyGroup { Name = name };
        await group.AddAsync("errors", cooldown, OpenAiReplies.Error(500, "The server had an error.", "server_error"));
        await group.AddAsync("limited", cooldown, OpenAiReplies.RateLimited(1));
        await group.AddAsync("hanging", cooldown, Replies.Hang);
        await group.AddAsync("cutting", cooldown, Cut);
        await group.AddAsync("slow", cooldown, async (request, http) =>
        {
            await Task.Delay(Limit * 4, TimeProvider.System, http.RequestAborted);
            await Answer(request, http);
        });
        await group.AddAsync("flapping", cooldown, (request, http) => (Interlocked.Increment(ref group._flaps) % 3) switch
        {
            0 => Replies.HtmlError(502)(request, http),
            1 => Replies.Sse(["data: [DONE]\n\n"])(request, http),
            _ => Answer(request, http),
        });
        group.Add(GatewayHost.At(group._refused.ApiBase, $"{name}-refused"), cooldown);
        await group.AddAsync("healthy", cooldown, Answer, order: 1);
        return group;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var upstream in _upstreams) await upstream.DisposeAsync();
        _refused.Dispose();
    }

    private async Task AddAsync(string fault, TimeSpan? cooldown, Reply reply, int order = 0)
    {
        var upstream = await FakeUpstream.StartAsync();
        upstream.Always = reply;
        _upstreams.Add(upstream);
        Add(GatewayHost.At(upstream, $"{Name}-{fault}") with { Order = order }, cooldown);
    }

    private void Add(Deployment deployment, TimeSpan? cooldown) => Deployments.Add(deployment with
    {
        GroupName = Name,
        CooldownTime = cooldown,
        Timeouts = deployment.Order == 0 ? CallTimeouts.Default with { Total = Limit, FirstToken = Limit, Idle = Limit } : CallTimeouts.Default,
    });

    /// <summary>The whole answer; whoever goes on with one says only its end.</summary>
    private static Task Answer(ReceivedRequest request, HttpContext http)
    {
        var question = Question(request);
        return OpenAiReplies.Text(request.Json.GetProperty("messages").GetArrayLength() > 1 ? $" is {question}" : $"{question} is {question}")(request, http);
    }

    /// <summary>Half of the answer.</summary>
    private static Task Cut(ReceivedRequest request, HttpContext http)
    {
        var (question, isStream) = (Question(request), request.Json.TryGetProperty("stream", out var stream) && stream.GetBoolean());
        return isStream
            ? Replies.Sse(OpenAiReplies.Stream($"{question} is", "m", withUsage: false).Take(2), SseEnd.Cut)(request, http)
            : Replies.CutJson(OpenAiReplies.Completion($"{question} is {question}", "m"), keep: 100)(request, http);
    }

    private static string Question(ReceivedRequest request) => request.Json.GetProperty("messages")[0].GetProperty("content").GetString()!;
}
