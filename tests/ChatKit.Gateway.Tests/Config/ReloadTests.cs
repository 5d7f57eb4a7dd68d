using ChatKit.Gateway.Config;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class ReloadTests : IDisposable
{
    private const string One = "model_list: [{ model_name: one, litellm_params: { model: ollama/one } }]";
    private const string Two = "model_list: [{ model_name: one, litellm_params: { model: ollama/one } }, { model_name: two, litellm_params: { model: ollama/two } }]";
    private const string Broken = "model_list: [{ model_name: one, litellm_params: { model: ollama/one, rpm: x } }]";

    private readonly ConfigFolder _folder = new ConfigFolder().With("config.yaml", One);
    private readonly RecordedLog<ConfigurationReloader> _log = new();

    [Fact]
    public void A_change_counts_once_it_has_stood_still()
    {
        var (reloader, holder) = Start();
        _folder.With("config.yaml", One + "\n# half");
        reloader.Look();
        _folder.With("config.yaml", Two);
        reloader.Look();
        Assert.Null(holder.Current.Resolve("two"));
        reloader.Look();
        Assert.NotNull(holder.Current.Resolve("two"));
        Assert.Contains("is in use now: 2 models", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_file_keeps_the_old_configuration_and_says_why_once()
    {
        var (reloader, holder) = Start();
        var before = holder.Current;
        _folder.With("config.yaml", Broken);
        for (var i = 0; i < 5; i++)
            reloader.Look();
        Assert.Same(before, holder.Current);
        Assert.Contains("config.yaml:1 model_list[0].litellm_params.rpm: must be a whole number", Assert.Single(_log.Lines), StringComparison.Ordinal);

        _folder.With("config.yaml", Two);
        Settle(reloader);
        Assert.NotNull(holder.Current.Resolve("two"));
    }

    [Fact]
    public void A_file_that_goes_away_keeps_the_old_configuration_until_it_is_back()
    {
        var (reloader, holder) = Start();
        File.Delete(_folder.File);
        Settle(reloader);
        Assert.NotNull(holder.Current.Resolve("one"));
        Assert.Contains("there is no file", Assert.Single(_log.Lines), StringComparison.Ordinal);
        _folder.With("config.yaml", Two);
        Settle(reloader);
        Assert.NotNull(holder.Current.Resolve("two"));
    }

    [Fact]
    public void A_rename_over_the_file_is_seen()
    {
        var (reloader, holder) = Start();
        _folder.With("new.yaml", Two);
        File.Move(Path.Combine(_folder.Root, "new.yaml"), _folder.File, overwrite: true);
        Settle(reloader);
        Assert.NotNull(holder.Current.Resolve("two"));
    }

    [Fact]
    public void A_swapped_symlink_is_seen_as_Kubernetes_does_it()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "v1"));
        Directory.CreateDirectory(Path.Combine(_folder.Root, "v2"));
        _folder.With("v1/config.yaml", One).With("v2/config.yaml", Two);
        File.Delete(_folder.File);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Root, "data"), "v1");
        File.CreateSymbolicLink(_folder.File, "data/config.yaml");
        var (reloader, holder) = Start();

        Directory.CreateSymbolicLink(Path.Combine(_folder.Root, "next"), "v2");
        Directory.Delete(Path.Combine(_folder.Root, "data"));
        Directory.Move(Path.Combine(_folder.Root, "next"), Path.Combine(_folder.Root, "data"));
        Settle(reloader);
        Assert.NotNull(holder.Current.Resolve("two"));
    }

    [Fact]
    public void An_included_file_is_watched_and_so_is_one_that_was_missing()
    {
        _folder.With("config.yaml", "include: [a.yaml]").With("a.yaml", One);
        var (reloader, holder) = Start();
        _folder.With("a.yaml", Two);
        Settle(reloader);
        Assert.NotNull(holder.Current.Resolve("two"));

        _folder.With("config.yaml", "include: [a.yaml, later.yaml]");
        Settle(reloader);
        _folder.With("later.yaml", "model_list: [{ model_name: three, litellm_params: { model: ollama/three } }]");
        Settle(reloader);
        Assert.NotNull(holder.Current.Resolve("three"));
    }

    [Fact]
    public void What_calls_learned_about_a_deployment_survives_while_its_entry_is_the_same()
    {
        var (reloader, holder) = Start();
        var state = holder.Current.Groups["one"].Deployments[0].State;
        _folder.With("config.yaml", Two);
        Settle(reloader);
        Assert.Same(state, holder.Current.Groups["one"].Deployments[0].State);
        _folder.With("config.yaml", One.Replace("ollama/one", "ollama/other", StringComparison.Ordinal));
        Settle(reloader);
        Assert.NotSame(state, holder.Current.Groups["one"].Deployments[0].State);
    }

    [Fact]
    public async Task A_running_host_looks_twice_a_second()
    {
        var time = new FakeTimeProvider();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging().AddSingleton<TimeProvider>(time).AddGatewayConfiguration(_folder.Configuration(), ProviderRows.All);
        using var host = builder.Build();
        await host.StartAsync();
        var holder = host.Services.GetRequiredService<SnapshotHolder>();
        _folder.With("config.yaml", Two);
        for (var waited = 0; holder.Current.Resolve("two") is null && waited < 200; waited++)
        {
            time.Advance(ConfigurationReloader.Interval);
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }

        Assert.NotNull(holder.Current.Resolve("two"));
        await host.StopAsync();
    }

    [Fact]
    public void A_start_with_an_invalid_file_fails_with_every_problem()
    {
        _folder.With("config.yaml", Broken + "\nrouter_settings: []");
        var failure = Assert.Throws<GatewayConfigurationException>(() => new ServiceCollection().AddGatewayConfiguration(_folder.Configuration(), ProviderRows.All));
        Assert.Equal(2, failure.Problems.Count);
        Assert.All(failure.Problems, problem => Assert.Contains(problem.ToString(), failure.Message, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static void Settle(ConfigurationReloader reloader)
    {
        reloader.Look();
        reloader.Look();
    }

    private (ConfigurationReloader Reloader, SnapshotHolder Holder) Start()
    {
        var loader = _folder.Loader();
        var loaded = loader.Load();
        var holder = new SnapshotHolder(loaded.Snapshot!);
        return (new ConfigurationReloader(loader, loaded, holder, new FakeTimeProvider(), _log), holder);
    }
}
