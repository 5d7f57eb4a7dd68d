using ChatKit.Cli.Up;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ChatKit.Cli.Tests.Up;

public sealed class HostRunTests
{
    [Fact]
    public async Task A_crash_of_one_host_ends_all_and_names_it()
    {
        var healthy = Stopping.In(out var stopped);
        var failure = await Assert.ThrowsAsync<StartupException>(() => HostRun.RunAsync(async (hosts, stop) =>
        {
            await hosts.StartAsync("gateway", healthy, stop);
            await hosts.StartAsync("worker", With<Crashing>(), stop);
        }));

        Assert.Equal("the worker stopped unexpectedly; its log says why", failure.Message);
        Assert.True(stopped.Value);
    }

    [Fact]
    public async Task A_host_that_does_not_start_leaves_none_running()
    {
        var healthy = Stopping.In(out var stopped);
        await Assert.ThrowsAsync<StartupException>(() => HostRun.RunAsync(async (hosts, stop) =>
        {
            await hosts.StartAsync("gateway", healthy, stop);
            throw new StartupException("no");
        }));

        Assert.True(stopped.Value);
    }

    [Fact]
    public async Task A_host_that_crashed_before_the_others_ran_is_noticed_too()
    {
        await Assert.ThrowsAsync<StartupException>(() => HostRun.RunAsync(async (hosts, stop) =>
        {
            var crashing = With<Crashing>();
            var stopping = crashing.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            await hosts.StartAsync("worker", crashing, stop);
            await Task.Run(() => stopping.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)), CancellationToken.None);
        }));
    }

    private static IHost With<TService>()
        where TService : class, IHostedService
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IHostLifetime, SupervisedLifetime>();
        builder.Services.AddHostedService<TService>();
        return builder.Build();
    }

    private sealed class Crashing : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("crash");
        }
    }

    private sealed class Stopping(Stopping.Flag flag) : IHostedService
    {
        public static IHost In(out Flag flag)
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Services.AddSingleton<IHostLifetime, SupervisedLifetime>();
            builder.Services.AddSingleton(flag = new Flag());
            builder.Services.AddHostedService<Stopping>();
            return builder.Build();
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            flag.Value = true;
            return Task.CompletedTask;
        }

        public sealed class Flag
        {
            public bool Value { get; set; }
        }
    }
}
