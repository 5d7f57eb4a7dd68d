using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;

namespace ChatKit.Cli.Tests.Up;

/// <summary>From an empty folder to an answer, over real sockets, a real file and real signals.</summary>
public sealed class UpTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task An_empty_folder_is_enough_to_chat()
    {
        await using var up = await RunningUp.StartAsync(_folder.Root, []);

        Assert.Contains("SQLite, data/chatkit.db", up.Process.Output, StringComparison.Ordinal);
        Assert.Contains("DATABASE_URL is not set", up.Process.Output, StringComparison.Ordinal);
        Assert.Contains("<title>", await up.Http.GetStringAsync(up.Backend), StringComparison.Ordinal);

        using var plain = await up.Http.PostAsync($"{up.Gateway}/chat/completions", ChatClient.Json(
            """{"model":"demo","messages":[{"role":"user","content":"hi"}]}"""));
        using var completion = JsonDocument.Parse(await plain.Content.ReadAsStringAsync());
        var answer = completion.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
        Assert.NotEmpty(answer!);

        using var streamed = await up.Http.PostAsync($"{up.Gateway}/chat/completions", ChatClient.Json(
            """{"model":"demo","stream":true,"messages":[{"role":"user","content":"hi"}]}"""));
        var chunks = Events(await streamed.Content.ReadAsStringAsync());
        Assert.Equal("[DONE]", chunks[^1]);
        Assert.Equal(answer, string.Concat(chunks.SkipLast(1).Select(Delta)));

        var turn = Events(await up.Chat.SendAsync(ChatClient.FirstMessage)).Select(Parse).ToList();
        Assert.Equal("thread.created", turn[0].GetProperty("type").GetString());
        Assert.True(turn.Count(e => e.GetProperty("type").GetString() == "thread.item.updated") > 3, "the answer streams");
        Assert.Contains(answer!.Split('\n')[0], turn.Last(e => e.GetProperty("type").GetString() == "thread.item.done").GetRawText(), StringComparison.Ordinal);
        Assert.NotEmpty(await up.Chat.TitleAsync());
        Assert.Equal("", up.Process.Errors);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_it_cleanly_and_soon_although_a_stream_is_open(string signal)
    {
        await using var up = await RunningUp.StartAsync(_folder.Root, ["--config", SlowModel()]);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{up.Backend}/chatkit") { Content = ChatClient.Json(ChatClient.FirstMessage) };
        using var open = await up.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await open.Content.ReadAsStreamAsync());
        Assert.StartsWith("data: ", await reader.ReadLineAsync(), StringComparison.Ordinal);

        var since = Stopwatch.StartNew();
        await up.Process.SignalAsync(signal);
        var result = await up.Process.ExitAsync();

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Threads_survive_a_kill()
    {
        await using (var up = await RunningUp.StartAsync(_folder.Root, []))
        {
            await up.Chat.SendAsync(ChatClient.FirstMessage);
            await up.Process.SignalAsync("KILL");
            await up.Process.ExitAsync();
        }

        await using var again = await RunningUp.StartAsync(_folder.Root, []);
        var thread = Assert.Single(Parse(await again.Chat.SendAsync(ChatClient.AllThreads)).GetProperty("data").EnumerateArray().ToList());
        var id = thread.GetProperty("id").GetString();
        Assert.Contains("Tell me about tides", await again.Chat.SendAsync($$$"""{"type":"threads.get_by_id","params":{"thread_id":"{{{id}}}"}}"""), StringComparison.Ordinal);
        Assert.NotEmpty(await again.Chat.TitleAsync());
    }

    [Theory]
    [InlineData("LITELLM_MASTER_KEY=sk-master-0123456789")]
    [InlineData("LITELLM_API_KEY=sk-master-0123456789")]
    [InlineData("general_settings: { master_key: sk-master-0123456789 }")]
    public async Task With_a_key_the_gateway_asks_for_it_and_the_chat_sends_it(string setting)
    {
        var inFile = setting.StartsWith("general", StringComparison.Ordinal);
        if (inFile)
            _folder.With("config.yaml", $"{DemoModel("it works")}\n{setting}\n");
        else
            _folder.With(".env", setting);
        await using var up = await RunningUp.StartAsync(_folder.Root, inFile ? ["--config", "config.yaml"] : []);

        using var refused = await up.Http.GetAsync($"{up.Gateway}/models");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{up.Gateway}/models");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "sk-master-0123456789");
        using var allowed = await up.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Contains("thread.item.done", await up.Chat.SendAsync(ChatClient.FirstMessage), StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", up.Process.Output + up.Process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_is_served_exactly_and_the_guides_env_file_is_taken_as_it_is()
    {
        _folder.With("config.yaml", DemoModel("from the file")).With(".env", """
            MODEL_PROVIDER=litellm
            LITELLM_PORT=4000
            LITELLM_API_KEY=sk-litellm-proxy
            DATABASE_URL=sqlite:///./own/place.db
            """);
        await using var up = await RunningUp.StartAsync(_folder.Root, ["-c", "config.yaml"]);

        Assert.Contains("from the file", await up.Chat.SendAsync(ChatClient.FirstMessage), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("own/place.db")));
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Fact]
    public async Task Another_programs_appsettings_in_the_folder_changes_nothing()
    {
        _folder.With("appsettings.json", """{"Kestrel":{"Endpoints":{"Http":{"Url":"http://127.0.0.1:1"}}},"DATABASE_URL":"nonsense"}""");
        await using var up = await RunningUp.StartAsync(_folder.Root, []);
        Assert.Contains("thread.item.done", await up.Chat.SendAsync(ChatClient.FirstMessage), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string SlowModel()
    {
        _folder.With("slow.yaml", DemoModel(string.Join(' ', Enumerable.Repeat("word", 5000))));
        return "slow.yaml";
    }

    private static string DemoModel(string answer) =>
        $"model_list:\n  - model_name: demo\n    litellm_params: {{ model: openai/demo, mock_response: \"{answer}\" }}";

    private static List<string> Events(string stream) =>
        [.. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(e => e.StartsWith("data: ", StringComparison.Ordinal)).Select(e => e["data: ".Length..])];

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string Delta(string chunk) =>
        Parse(chunk).GetProperty("choices") is { } choices && choices.GetArrayLength() > 0 && choices[0].GetProperty("delta").TryGetProperty("content", out var text)
            ? text.GetString() ?? ""
            : "";
}
