using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>A deployment that lacks its key is not tried while there is another, and only once where there is none.</summary>
public sealed class UnavailableDeploymentTests
{
    private static readonly GatewayError _missing = new(503, "api_error", "no key") { Origin = ErrorOrigin.Configuration };

    private readonly Router _router = Routes.Router(TimeProvider.System);
    private readonly List<string> _tried = [];

    [Fact]
    public async Task Others_are_asked_in_its_place()
    {
        for (var i = 0; i < 20; i++)
            Assert.Null(await _router.RouteAsync(Routes.Of([Deployment("without", "no key"), Deployment("with", null)]), TryAsync));
        Assert.All(_tried, id => Assert.Equal("with", id));
    }

    [Fact]
    public async Task Alone_it_says_what_it_lacks_without_a_retry()
    {
        Assert.Same(_missing, await _router.RouteAsync(Routes.Of([Deployment("without", "no key")], retries: 5), TryAsync));
        Assert.Equal(["without"], _tried);
    }

    private ValueTask<GatewayError?> TryAsync(CallRoute route, Deployment deployment, int number)
    {
        _tried.Add(deployment.Id);
        return ValueTask.FromResult(deployment.Unavailable is null ? null : _missing);
    }

    private static Deployment Deployment(string id, string? unavailable) => Routes.Deployment(id) with { Unavailable = unavailable };
}
