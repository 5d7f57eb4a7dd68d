using System.Net.Sockets;
using ChatKit.Data.Gateway;
using ChatKit.ServiceDefaults.Database;

namespace ChatKit.Bench.Load.Lab;

/// <summary>Everything that runs during the benchmark, each in a process of its own: the mock upstream, and what is measured in front of it.</summary>
internal sealed class Laboratory : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly List<Target> _running = [];
    private readonly Uri _upstream = Free();

    public Laboratory(BenchOptions options)
    {
        Options = options;
        Cores = Cores.Choose();
        Wrk = new(Cores, _workspace);
        Cores.MoveThisProcess();
    }

    public BenchOptions Options { get; }

    public Cores Cores { get; }

    public Wrk Wrk { get; }

    public async Task StartUpstreamAsync()
    {
        var upstream = StartSelf("upstream", Cores.Load, _upstream, ["upstream", $"{_upstream.Port}"], new()
        {
            ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        });
        await upstream.WaitAsync(() => ConnectsAsync(upstream.Address));
    }

    /// <summary>Kestrel → HttpClient and nothing else.</summary>
    public async Task<Target> StartBareAsync(string? allocationSocket = null) =>
        await ReadyAsync(StartSelf("bare", Cores.UnderTest, Free(), address => ["bare", $"{address.Port}", $"{_upstream}"], Probe(allocationSocket)));

    /// <summary>The product, as <c>dotnet ChatKit.Gateway.dll</c> runs it.</summary>
    public async Task<Target> StartGatewayAsync(string? allocationSocket = null) => await ReadyAsync(LaunchGateway(allocationSocket));

    /// <summary>
    /// The gateway with all of its accounting on: a virtual key with a budget and limits, two deployments with prices, spend into SQLite, metrics.
    /// </summary>
    public async Task<Target> StartFullGatewayAsync()
    {
        var database = $"sqlite:///{Path.Combine(_workspace.Folder, $"spend-{Guid.NewGuid():N}.db")}";
        if (!DatabaseTarget.TryParse(database, out var target, out var problem)) throw new RunVoidException(problem);
        await GatewayMigrator.MigrateAsync(target);
        var gateway = LaunchGateway(allocationSocket: null, "everything.yaml", new() { ["DATABASE_URL"] = database });
        await gateway.WaitAsync(() => Answers.ArePlainAsync(gateway.Address));
        gateway.Key = await Answers.NewKeyAsync(gateway);
        return gateway;
    }

    /// <summary>The gateway's process, not yet waited for.</summary>
    public Target LaunchGateway(string? allocationSocket = null) => LaunchGateway(allocationSocket, "gateway.yaml", []);

    private Target LaunchGateway(string? allocationSocket, string config, Dictionary<string, string> environment)
    {
        var address = Free();
        return Keep(Target.Start("gateway", Cores.UnderTest, address, _workspace, "dotnet", [Workspace.Installed("ChatKit.Gateway.dll")], new(Probe(allocationSocket).Concat(environment))
        {
            ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority),
            ["CONFIG_FILE_PATH"] = Workspace.Installed(config),
            ["LITELLM_MASTER_KEY"] = Calls.MasterKey,
            ["BENCH_UPSTREAM_OPENAI"] = $"{_upstream}v1",
            ["BENCH_UPSTREAM_ANTHROPIC"] = _upstream.GetLeftPart(UriPartial.Authority),
        }));
    }

    /// <summary>What a reverse proxy in C costs; null where nginx is not installed.</summary>
    public async Task<Target?> StartNginxAsync()
    {
        if (Tool.Find("nginx") is not { } nginx)
        {
            return null;
        }

        var address = Free();
        var config = _workspace.Write("nginx.conf", File.ReadAllText(Workspace.Installed("nginx.conf"))
            .Replace("{{folder}}", _workspace.Folder, StringComparison.Ordinal)
            .Replace("{{listen}}", address.Authority, StringComparison.Ordinal)
            .Replace("{{upstream}}", _upstream.Authority, StringComparison.Ordinal));
        return await ReadyAsync(Keep(Target.Start("nginx", Cores.UnderTest, address, _workspace, nginx, ["-c", config, "-e", "stderr"])));
    }

    /// <summary>A path for an allocation probe's socket.</summary>
    public string AllocationSocket(string name) => Path.Combine(_workspace.Folder, $"{name}.sock");

    public void Stop(Target target)
    {
        _running.Remove(target);
        target.Dispose();
    }

    public void Dispose()
    {
        _running.ForEach(target => target.Dispose());
        _workspace.Dispose();
    }

    private static async Task<Target> ReadyAsync(Target target)
    {
        await target.WaitAsync(() => Answers.ArePlainAsync(target.Address));
        await Answers.VerifyAsync(target);
        return target;
    }

    private Target StartSelf(string name, int? core, Uri address, string[] role, Dictionary<string, string> environment) =>
        Keep(Target.Start(name, core, address, _workspace, "dotnet", [Workspace.Installed("ChatKit.Bench.Load.dll"), .. role], environment));

    private Target StartSelf(string name, int? core, Uri address, Func<Uri, string[]> role, Dictionary<string, string> environment) =>
        StartSelf(name, core, address, role(address), environment);

    private Target Keep(Target target)
    {
        _running.Add(target);
        return target;
    }

    private static Dictionary<string, string> Probe(string? socket) => socket is null ? [] : new()
    {
        ["DOTNET_STARTUP_HOOKS"] = Workspace.Installed("ChatKit.Bench.Load.dll"),
        [AllocationProbe.SocketVariable] = socket,
    };

    private static Uri Free() => new($"http://127.0.0.1:{Workspace.FreePort()}/");

    private static async Task<bool> ConnectsAsync(Uri address)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
