using System.Text.Json;
using ChatKit.Backend.Configuration;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Tools;
using ChatKit.Backend.Tools.Mcp;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatKit.Backend.Tests.Tools;

/// <summary>Real servers of the Model Context Protocol: a process over stdio, and HTTP.</summary>
public sealed class McpTests
{
    private static readonly string Server = Path.Combine(AppContext.BaseDirectory, "ChatKit.ToolServer.dll");

    [Fact]
    public async Task A_server_s_tools_are_listed_once_across_pages_and_called_from_a_turn()
    {
        await using var gateway = await FakeUpstream.StartAsync(new GatewayDialect("demo"));
        gateway.Then(ModelReplies.Calls(("local__echo", """{"text":"hi"}""")), OpenAiReplies.Text("Echoed."));
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase, settings: [(ChatKitFile.ServersVariable, Stdio("local", "label: Local, icon: bolt, disallowed_tools: [die]"))]);
        var group = await GroupAsync(host, "local");
        var events = await host.StreamAsync(Calls.Create("Echo", """{"tool_choice":{"id":"local"}}"""));

        Assert.Equal(("Local", "bolt", true), (group.GetProperty("label").GetString(), group.GetProperty("icon").GetString(), group.GetProperty("available").GetBoolean()));
        Assert.Equal(7, group.GetProperty("tools").GetArrayLength());
        Assert.All(group.GetProperty("tools").EnumerateArray(), name => Assert.Matches("^local__[a-z_]+(_[0-9a-f]{8})?$", name.GetString()));
        Assert.Equal("required", gateway.Requests[^2].Json.GetProperty("tool_choice").GetString());
        Assert.Equal(7, gateway.Requests[^2].Json.GetProperty("tools").GetArrayLength());
        Assert.Equal("<b>hi</b>", gateway.Requests[^1].Json.GetProperty("messages")[3].GetProperty("content").GetString());
        Assert.Contains(events, one => one.GetRawText().Contains("```\\n<b>hi</b>\\n```", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_gets_its_own_variables_and_none_of_ours()
    {
        Environment.SetEnvironmentVariable("CHATKIT_TEST_SECRET", "ours");
        await using var servers = new Servers(Local() with { Environment = new Dictionary<string, string> { ["OWN"] = "its own" } });

        Assert.Equal("its own", (await servers.CallAsync("local__variable", "OWN")).Text);
        Assert.Equal("(not set)", (await servers.CallAsync("local__variable", "CHATKIT_TEST_SECRET")).Text);
    }

    [Theory]
    [InlineData("local__fail", "No luck.")]
    [InlineData("local__refuse", "Not like that.")]
    public async Task A_failure_of_a_tool_is_told_and_the_server_lives_on(string tool, string expected)
    {
        await using var servers = new Servers(Local());
        var failed = await servers.CallAsync(tool, "");

        Assert.True(failed.Failed);
        Assert.Contains(expected, failed.Text, StringComparison.Ordinal);
        Assert.Equal("<b>still</b>", (await servers.CallAsync("local__echo", "still")).Text);
    }

    [Fact]
    public async Task A_server_that_dies_in_the_middle_of_a_call_fails_that_call_and_is_started_again()
    {
        await using var servers = new Servers(Local());
        var dead = await servers.CallAsync("local__die", "");
        var (tools, tries) = (0, 0);
        while (tools == 0 && tries++ < 100)
        {
            tools = (await servers.Tools.ForAsync(null!, CancellationToken.None)).Count;
            if (tools == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        Assert.Equal("The server local stopped in the middle of the call.", dead.Text);
        Assert.InRange(tries, 2, 100);
        Assert.Equal("<b>again</b>", (await servers.CallAsync("local__echo", "again")).Text);
    }

    [Fact]
    public async Task A_server_that_does_not_start_has_no_tools_and_holds_nobody_up()
    {
        await using var servers = new Servers(Local(), new McpServerConfig("gone") { Command = "/no/such/program" }, new McpServerConfig("away") { Url = new Uri("http://127.0.0.1:9/mcp") });
        await servers.CallAsync("local__echo", "warm");
        var tools = await servers.Tools.ForAsync(null!, CancellationToken.None);
        var groups = await servers.Tools.GroupsAsync(CancellationToken.None);

        Assert.All(tools, tool => Assert.StartsWith("local__", tool.Name, StringComparison.Ordinal));
        Assert.Equal([("local", true), ("gone", false), ("away", false)], groups.Select(group => (group.Id, group.Available)));
    }

    [Fact]
    public async Task Addresses_that_a_tool_names_are_cited_when_they_are_web_pages_and_never_fetched()
    {
        await using var servers = new Servers(Local());

        Assert.Equal("【1】 Doc: https://doc.example\n\nSecret: file:///etc/passwd\n\n[an image of type image/png]", (await servers.CallAsync("local__link", "")).Text);
    }

    [Fact]
    public async Task A_server_over_http_is_called_with_its_key_and_found_again_after_it_was_away()
    {
        await using var http = await HttpToolServer.StartAsync();
        await using var servers = new Servers(new McpServerConfig("web") { Url = http.Url, Headers = new Dictionary<string, string> { ["Authorization"] = HttpToolServer.Key } });
        var first = await servers.CallAsync("web__echo", "one");
        await http.StopAsync();
        var away = await servers.CallAsync("web__echo", "two", fresh: false);
        await http.RestartAsync();
        servers.Rest();

        Assert.Equal("<b>one</b>", first.Text);
        Assert.True(away.Failed);
        Assert.Equal("<b>three</b>", (await servers.CallAsync("web__echo", "three")).Text);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_ends_at_once_and_the_server_lives_on()
    {
        await using var servers = new Servers(Local());
        var hang = await servers.FindAsync("local__hang");
        using var stop = new CancellationTokenSource();
        var call = hang.CallAsync(Servers.Request(""), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("<b>on</b>", (await servers.CallAsync("local__echo", "on")).Text);
    }

    [Fact]
    public void Names_are_unique_and_as_models_take_them()
    {
        string[] tools = ["a b", "a_b", "a.b", new('x', 80), new('x', 81)];
        var names = tools.Select(tool => McpToolNames.Of("s", tool)).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", name));
    }

    private static McpServerConfig Local() => new("local") { Command = "dotnet", Arguments = [Server] };

    private static string Stdio(string name, string more) => $$"""{ {{name}}: { command: dotnet, args: ["{{Server}}"], {{more}} } }""";

    private static async Task<JsonElement> GroupAsync(BackendHost host, string id)
    {
        for (var tries = 0; tries < 60; tries++)
        {
            var groups = JsonDocument.Parse(await host.Http.GetStringAsync(new Uri("/api/tools", UriKind.Relative))).RootElement.GetProperty("data");
            if (groups.EnumerateArray().FirstOrDefault(group => group.Id() == id && group.GetProperty("available").GetBoolean()) is { ValueKind: JsonValueKind.Object } ready)
                return ready;
        }

        throw new TimeoutException($"{id} did not become available.");
    }

    /// <summary>Servers without a backend around them.</summary>
    private sealed class Servers : IAsyncDisposable
    {
        private readonly McpTransports _transports = new(NullLoggerFactory.Instance);
        private readonly Dictionary<string, ITool> _known = [];
        private readonly ShiftedTime _time = new();

        public Servers(params McpServerConfig[] servers) =>
            Tools = new McpTools(new ChatKitConfig { McpServers = servers }, _transports, _time, NullLoggerFactory.Instance);

        public McpTools Tools { get; }

        public static ToolCall Request(string text) =>
            new(JsonDocument.Parse($$"""{"text":"{{text}}"}""").RootElement, thread: null!, new Citations());

        /// <summary>As if a minute had passed: whoever rests after a failure has rested.</summary>
        public void Rest() => _time.Shift(TimeSpan.FromMinutes(1));

        public async Task<ToolResult> CallAsync(string tool, string text, bool fresh = true) =>
            await (fresh ? await FindAsync(tool) : _known[tool]).CallAsync(Request(text), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

        public async Task<ITool> FindAsync(string name)
        {
            for (var tries = 0; tries < 600; tries++)
            {
                foreach (var tool in await Tools.ForAsync(null!, CancellationToken.None))
                    _known[tool.Name] = tool;
                if (_known.TryGetValue(name, out var found))
                    return found;
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }

            throw new TimeoutException($"No server brought {name}.");
        }

        public async ValueTask DisposeAsync()
        {
            await Tools.StopAsync(CancellationToken.None);
            Tools.Dispose();
            _transports.Dispose();
        }
    }

    /// <summary>The system's time, of which some can be skipped.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        private long _shift;

        public override long GetTimestamp() => System.GetTimestamp() + Volatile.Read(ref _shift);

        public void Shift(TimeSpan by) => Interlocked.Add(ref _shift, (long)(by.TotalSeconds * System.TimestampFrequency));
    }
}
