using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Routing.Strategies;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>A deployment that lacks its key is not tried while there is another, and only once where there is none.</summary>
public sealed class UnavailableDeploymentTests
{
    private static readonly GatewayError _missing = new(503, "api_error", "no key") { Origin = ErrorOrigin.Configuration };

    private readonly Router _router = new(new SimpleShuffle(new Random(1)), new RetryPolicy(new Random(1)), TimeProvider.System);
    private readonly List<string> _tried = [];

    [Fact]
    public async Task Others_are_asked_in_its_place()
    {
        var group = new ModelGroup("m", [Deployment("without", "no key"), Deployment("with", null)]);
        for (var i = 0; i < 20; i++)
            Assert.Null(await _router.RouteAsync(group, retries: 2, TryAsync, CancellationToken.None));
        Assert.All(_tried, id => Assert.Equal("with", id));
    }

    [Fact]
    public async Task Alone_it_says_what_it_lacks_without_a_retry()
    {
        var group = new ModelGroup("m", [Deployment("without", "no key")]);
        Assert.Same(_missing, await _router.RouteAsync(group, retries: 5, TryAsync, CancellationToken.None));
        Assert.Equal(["without"], _tried);
    }

    private ValueTask<GatewayError?> TryAsync(Deployment deployment, int number)
    {
        _tried.Add(deployment.Id);
        return ValueTask.FromResult(deployment.Unavailable is null ? null : _missing);
    }

    private static Deployment Deployment(string id, string? unavailable) => new()
    {
        Id = id,
        GroupName = "m",
        Provider = "openai",
        UpstreamModel = "m",
        BaseAddress = null,
        ApiKey = null,
        Timeouts = CallTimeouts.Default,
        Unavailable = unavailable,
    };
}
