using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace ChatKit.ServiceDefaults.Tests;

public sealed class HealthProbeTests
{
    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://+:9001", "http://127.0.0.1:9001/health")]
    [InlineData("ASPNETCORE_URLS", "http://*:9002/;https://*:9003", "http://127.0.0.1:9002/health")]
    [InlineData("HTTP_PORTS", "9004", "http://127.0.0.1:9004/health")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "9005;9006", "http://127.0.0.1:9005/health")]
    [InlineData("UNRELATED", "", "http://127.0.0.1:8080/health")]
    public void The_own_address_follows_the_binding(string name, string value, string expected)
    {
        var environment = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();

        Assert.Equal(expected, HealthProbe.Target(environment, "/health").AbsoluteUri);
    }

    [Theory]
    [InlineData(new[] { "--probe", "/health" }, true)]
    [InlineData(new[] { "--probe" }, false)]
    [InlineData(new string[0], false)]
    public void Only_the_probe_switch_asks_for_a_probe(string[] args, bool expected) => Assert.Equal(expected, HealthProbe.IsRequested(args));

    [Theory]
    [InlineData(StatusCodes.Status200OK, 0)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, 1)]
    public async Task The_exit_code_follows_the_answer(int status, int expected)
    {
        await using var service = WebApplication.CreateSlimBuilder().Build();
        service.Urls.Add("http://127.0.0.1:0");
        service.MapGet("/health", () => Results.StatusCode(status));
        await service.StartAsync();

        Assert.Equal(expected, await HealthProbe.RunAsync(["--probe", $"{service.Urls.Single()}/health"]));
    }

    [Fact]
    public async Task Nobody_listening_is_unhealthy() => Assert.Equal(1, await HealthProbe.RunAsync(["--probe", "http://127.0.0.1:1/health"]));
}
