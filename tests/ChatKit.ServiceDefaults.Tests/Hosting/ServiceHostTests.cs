using System.Net;
using System.Net.Sockets;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ChatKit.ServiceDefaults.Tests.Hosting;

public sealed class ServiceHostTests
{
    [Fact]
    public void A_service_refuses_to_start_and_names_every_problem_in_one_sentence()
    {
        var refusal = Assert.Throws<StartupException>(() => Builder(("MODEL_PROVIDER", "other")).AddServiceDefaults(ServiceKind.Worker));
        Assert.Equal(
            "DATABASE_URL is not set: write postgresql://user:password@host:5432/name or sqlite:///./data/chatkit.db; "
            + "MODEL_API_BASE is not set: MODEL_PROVIDER=other has no address of its own; "
            + "MODEL_API_KEY_ENV is not set: name the variable that holds the key for MODEL_PROVIDER=other",
            refusal.Message);
    }

    [Fact]
    public async Task A_refusal_is_exit_code_1()
    {
        Assert.Equal(1, await ServiceHost.RunAsync([], () => throw new StartupException("no")));
    }

    [Fact]
    public async Task A_port_in_use_is_a_refusal()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();
        app.Urls.Add($"http://{taken.LocalEndpoint}");
        var refusal = await Assert.ThrowsAsync<StartupException>(() => ServiceHost.StartAsync(app));
        Assert.Contains($"{taken.LocalEndpoint}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("in use", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_background_service_that_crashes_is_exit_code_1()
    {
        Assert.Equal(1, await ServiceHost.RunAsync([], () =>
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Services.AddHostedService<Crashing>();
            return builder.Build();
        }));
    }

    [Fact]
    public async Task A_signal_before_everything_has_started_is_a_clean_stop()
    {
        Assert.Equal(0, await ServiceHost.RunAsync([], () =>
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Services.AddHostedService<StoppedWhileStarting>();
            return builder.Build();
        }));
    }

    [Fact]
    public async Task A_background_service_that_ends_is_no_crash()
    {
        Assert.Equal(0, await ServiceHost.RunAsync([], () =>
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Services.AddHostedService<Ending>();
            return builder.Build();
        }));
    }

    [Fact]
    public async Task Health_tells_life_at_once_and_readiness_by_name()
    {
        var builder = Builder(("DATABASE_URL", "sqlite:///chat.db"), ("OPENAI_API_KEY", "sk-1"));
        builder.AddServiceDefaults(ServiceKind.Backend);
        builder.Services.AddHealthChecks().AddCheck("throws", () => throw new InvalidOperationException("Password=hunter2"));
        await using var app = builder.Build();
        app.MapDefaultEndpoints();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler) { BaseAddress = new(app.Urls.Single()) };

        foreach (var path in (string[])["/health", "/health/liveness", "/health/liveliness"])
            Assert.Equal("""{"status":"healthy"}""", await client.GetStringAsync(path));
        using var readiness = await client.GetAsync("/health/readiness");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, readiness.StatusCode);
        Assert.Equal(
            """{"status":"unhealthy","checks":{"environment":{"status":"healthy"},"throws":{"status":"unhealthy"}}}""",
            await readiness.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Readiness_ends_when_the_environment_loses_what_a_service_needs()
    {
        var builder = Builder(("DATABASE_URL", "sqlite:///chat.db"), ("OPENAI_API_KEY", "sk-1"));
        builder.AddServiceDefaults(ServiceKind.Backend);
        await using var app = builder.Build();
        app.MapDefaultEndpoints();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        app.Configuration["OPENAI_API_KEY"] = "";
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler) { BaseAddress = new(app.Urls.Single()) };
        using var readiness = await client.GetAsync("/health/readiness");
        Assert.Contains("OPENAI_API_KEY is not set", await readiness.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static WebApplicationBuilder Builder(params (string, string?)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(Settings.Of()).AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Item1, s.Item2)));
        return builder;
    }

    private sealed class Crashing : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("crash");
        }
    }

    private sealed class StoppedWhileStarting(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Ending(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            lifetime.StopApplication();
        }
    }
}
