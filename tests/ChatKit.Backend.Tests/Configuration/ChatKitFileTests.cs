using ChatKit.Backend.Configuration;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace ChatKit.Backend.Tests.Configuration;

public sealed class ChatKitFileTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"chatkit-{Guid.NewGuid():N}.yaml");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var read = Read(
            """
            assistant:
              system_prompt: Be brief.
              model: small
              summary_model: tiny
              reasoning_effort: low
              max_rounds: 3
              context_window: 8000
            tools: { calculator: false, time: true, timeout: 5, max_output: 1000 }
            file_search: { enabled: true, embedding_model: embed, chunk_size: 500, chunk_overlap: 100, max_results: 3 }
            mcp_servers:
              files:
                command: npx
                args: [-y, "@modelcontextprotocol/server-filesystem", /data]
                env: { TOKEN: os.environ/SECRET }
                cwd: /tmp
                allowed_tools: [read_file]
                timeout: 60
              search:
                transport: sse
                url: https://mcp.example/sse
                authentication_token: os.environ/SECRET
                headers: { x-team: blue }
                label: Search
                icon: search
                description: Finds things.
                disallowed_tools: [drop]
            """, ("SECRET", "s3cret"));

        Assert.Empty(read.Problems.Concat(read.Warnings));
        Assert.Equal(new AssistantConfig { SystemPrompt = "Be brief.", Model = "small", SummaryModel = "tiny", ReasoningEffort = "low", MaxRounds = 3, ContextWindow = 8000 }, read.Config.Assistant);
        Assert.Equal(new ToolsConfig { Calculator = false, Time = true, Timeout = TimeSpan.FromSeconds(5), MaxOutput = 1000 }, read.Config.Tools);
        Assert.Equal(new FileSearchConfig { EmbeddingModel = "embed", ChunkSize = 500, ChunkOverlap = 100, MaxResults = 3 }, read.Config.FileSearch);
        var (files, search) = (read.Config.McpServers[0], read.Config.McpServers[1]);
        Assert.Equal(("npx", 3, "s3cret", "/tmp", TimeSpan.FromMinutes(1)), (files.Command, files.Arguments.Count, files.Environment["TOKEN"], files.WorkingDirectory, files.Timeout));
        Assert.Equal((true, "Bearer s3cret", "blue", "Search"), (search.Sse, search.Headers["authorization"], search.Headers["x-team"], search.Label));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_its_place_and_without_values()
    {
        var read = Read(
            """
            assistant: { max_rounds: 0, reasoning_effort: hard }
            tools: [1]
            file_search: { chunk_size: 300, chunk_overlap: 200, enabled: maybe }
            mcp_servers:
              a__b: { command: x }
              both: { command: x, url: https://x.example }
              ftp: { url: "ftp://user:hunter2@x.example" }
              key: { url: https://x.example, authentication_token: os.environ/NOT_THERE }
              way: { command: x, transport: http }
            """);

        Assert.Equal(
            [
                "1 assistant.reasoning_effort: must be one of none, minimal, low, medium, high, xhigh",
                "1 assistant.max_rounds: must be a whole number from 1 to 100",
                "2 tools: must be a mapping",
                "3 file_search.enabled: must be true or false",
                "3 file_search.chunk_overlap: must be at most half of chunk_size",
                "5 mcp_servers.a__b: must have from 1 to 24 letters, digits, - and single _: it begins the names of its tools",
                "6 mcp_servers.both: must have either a command or a url",
                "7 mcp_servers.ftp.url: must be an address that begins with http:// or https://",
                "7 mcp_servers.ftp: must have either a command or a url",
                "8 mcp_servers.key.authentication_token: names the variable NOT_THERE, which is not set",
                "9 mcp_servers.way.transport: must be stdio with a command, and http or sse with a url",
            ],
            read.Problems.Select(problem => problem[(_file.Length + 1)..]));
    }

    [Fact]
    public void Keys_that_nobody_reads_are_warned_of_with_their_path()
    {
        var read = Read("asistant: {}\nmcp_servers:\n  a: { command: x, tmeout: 5 }\n");

        Assert.Equal([$"{_file}:3 mcp_servers.a.tmeout: is not a key that is known here", $"{_file}:1 asistant: is not a key that is known here"], read.Warnings);
    }

    [Theory]
    [InlineData("a: [", "is not valid YAML")]
    [InlineData("- 1", "must be a mapping")]
    public void What_is_no_configuration_is_said(string text, string expected) => Assert.EndsWith(expected, Assert.Single(Read(text).Problems), StringComparison.Ordinal);

    [Fact]
    public void No_file_is_fine_unless_it_was_named()
    {
        Assert.Empty(ChatKitFile.Read(new ConfigurationBuilder().Build()).Problems);
        Assert.EndsWith("is not there, and CHATKIT_CONFIG names it", Assert.Single(ChatKitFile.Read(Environment(("CHATKIT_CONFIG", _file))).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Servers_may_stand_in_the_environment_but_not_in_both_places()
    {
        var read = Read("mcp_servers:\n  a: { command: x }\n", ("CHATKIT_MCP_SERVERS", """{"b":{"url":"http://127.0.0.1:1/mcp"},"a":{"command":"y"}}"""));

        Assert.Equal(["a", "b", "a"], read.Config.McpServers.Select(server => server.Name));
        Assert.Equal($"CHATKIT_MCP_SERVERS: a stands in {_file} too", Assert.Single(read.Problems));
    }

    [Fact]
    public async Task A_bad_file_keeps_the_backend_from_starting_and_says_all_of_it()
    {
        await File.WriteAllTextAsync(_file, "assistant: { max_rounds: 0 }\ntools: { timeout: soon }\n");
        var refusal = await Assert.ThrowsAsync<StartupException>(() => BackendHost.StartAsync(settings: [("CHATKIT_CONFIG", _file)]));

        Assert.Contains("assistant.max_rounds", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("tools.timeout", refusal.Message, StringComparison.Ordinal);
    }

    private ChatKitFile Read(string text, params (string, string)[] variables)
    {
        File.WriteAllText(_file, text);
        return ChatKitFile.Read(Environment([.. variables, ("CHATKIT_CONFIG", _file)]));
    }

    private static IConfigurationRoot Environment(params (string Name, string Value)[] variables) =>
        new ConfigurationBuilder().AddInMemoryCollection(variables.Select(variable => KeyValuePair.Create(variable.Name, (string?)variable.Value))).Build();
}
