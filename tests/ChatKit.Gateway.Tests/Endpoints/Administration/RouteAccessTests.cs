using System.Net;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints.Administration;

/// <summary>Every route says who may call it, and is what it says.</summary>
public sealed class RouteAccessTests : IAsyncLifetime
{
    private const string Key = "sk-master-of-all-routes-0123456789";

    private readonly ConfigFolder _folder = new();
    private ConfiguredGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _folder.Set("LITELLM_MASTER_KEY", Key);
        _gateway = await ConfiguredGateway.StartAsync(_folder);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Every_route_declares_who_may_call_it()
    {
        var silent = Routes().Where(route => route.Metadata.GetOrderedMetadata<RouteAccess>().Count != 1);

        Assert.Empty(silent.Select(route => route.RoutePattern.RawText));
    }

    [Fact]
    public async Task Without_a_key_only_public_routes_answer()
    {
        var wrong = new List<string>();
        foreach (var (method, path, access) in Calls())
        {
            using var response = await _gateway.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            if (response.StatusCode is HttpStatusCode.Unauthorized != access.AsksForKey) wrong.Add($"{method} {path} ({access}): {(int)response.StatusCode}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_key_that_nobody_has_is_refused_everywhere()
    {
        var wrong = new List<string>();
        foreach (var (method, path, access) in Calls().Where(call => call.Access.AsksForKey))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("Authorization", "Bearer sk-of-nobody-0123456789");
            using var response = await _gateway.Client.SendAsync(request);
            if (response.StatusCode is not HttpStatusCode.Unauthorized) wrong.Add($"{method} {path} ({access}): {(int)response.StatusCode}");
        }

        Assert.Empty(wrong);
    }

    /// <summary>Each route under each of its methods, with something in place of its parameters.</summary>
    private IEnumerable<(string Method, string Path, RouteAccess Access)> Calls() =>
        from route in Routes()
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]
        let path = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
            part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "some:generateContent"))))
        select (method, path, route.Metadata.GetMetadata<RouteAccess>()!);

    private IEnumerable<RouteEndpoint> Routes() => _gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
