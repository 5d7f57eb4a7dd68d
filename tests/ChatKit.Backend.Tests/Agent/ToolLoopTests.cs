using System.Text.Json;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Tests.Turns;
using ChatKit.Backend.Tools;
using ChatKit.Testing.Upstream;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatKit.Backend.Tests.Agent;

/// <summary>The default assistant with tools, against a strict gateway on real HTTP.</summary>
public sealed class ToolLoopTests : IAsyncLifetime
{
    private FakeUpstream _gateway = null!;

    public async Task InitializeAsync() => _gateway = await FakeUpstream.StartAsync(new GatewayDialect("demo"));

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task A_tool_is_called_its_output_read_and_the_answer_given()
    {
        _gateway.Then(ModelReplies.Calls(("calculator", """{"expression":"6*7"}""")), OpenAiReplies.Text("It is 42."));
        await using var host = await StartAsync();
        var events = await host.StreamAsync(Calls.Create("6*7?"));
        var items = await host.ItemsAsync(events.ThreadId());

        var second = _gateway.Requests[^1].Json.GetProperty("messages");
        Assert.Equal(["system", "user", "assistant", "tool"], second.EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal("""{"role":"tool","tool_call_id":"call_0","content":"42"}""", Compact(second[3]));
        Assert.Equal("call_0", second[2].GetProperty("tool_calls")[0].GetProperty("id").GetString());
        Assert.Equal(["user_message", "workflow", "assistant_message"], items.Select(item => item.Type()));
        var task = Assert.Single(items[1].GetProperty("workflow").GetProperty("tasks").EnumerateArray());
        Assert.Equal(("Calculator", "complete"), (task.GetProperty("title").GetString(), task.GetProperty("status_indicator").GetString()));
        Assert.Contains("```\n42\n```", task.GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Later_turns_know_what_tools_found()
    {
        _gateway.Then(ModelReplies.Calls(("calculator", """{"expression":"6*7"}""")), OpenAiReplies.Text("It is 42."));
        await using var host = await StartAsync();
        var thread = await host.NewThreadAsync("6*7?");
        await host.StreamAsync(Calls.Add(thread, "Sure?"));

        var messages = _gateway.Requests[^1].Json.GetProperty("messages");
        Assert.Equal(["system", "user", "assistant", "tool", "assistant", "user"], messages.EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal("42", messages[3].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Ten_calls_run_at_once_and_their_outputs_stand_in_the_order_of_the_calls()
    {
        var (running, all) = (0, new TaskCompletionSource());
        var tool = new TestTool("meet", async (request, cancel) =>
        {
            if (Interlocked.Increment(ref running) == 10)
                all.SetResult();
            await all.Task.WaitAsync(cancel);
            return new ToolResult($"output {request.Arguments.GetProperty("n").GetInt32()}");
        });
        _gateway.Then(ModelReplies.Calls([.. Enumerable.Range(0, 10).Select(i => ("meet", $$"""{"n":{{i}}}"""))]), OpenAiReplies.Text("All met."));
        await using var host = await StartAsync(tool);
        var events = await host.StreamAsync(Calls.Create("Meet"));

        Assert.Equal("All met.", events[^1].GetProperty("item").Text());
        var outputs = _gateway.Requests[^1].Json.GetProperty("messages").EnumerateArray().Skip(3).Select(message => message.GetProperty("content").GetString());
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"output {i}"), outputs);
    }

    [Fact]
    public async Task A_tool_that_never_answers_is_given_up_though_it_heeds_no_token()
    {
        var tool = new TestTool("stuck", (_, _) => new TaskCompletionSource<ToolResult>().Task) { Timeout = TimeSpan.FromMilliseconds(50) };
        _gateway.Then(ModelReplies.Calls(("stuck", "{}")), OpenAiReplies.Text("I could not."));
        await using var host = await StartAsync(tool);
        var events = await host.StreamAsync(Calls.Create("Try"));

        Assert.Equal("I could not.", events[^1].GetProperty("item").Text());
        Assert.StartsWith("The tool did not answer within", LastOutput(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Mistakes() => new()
    {
        { "no_such_tool", "{}", "There is no tool no_such_tool." },
        { "calculator", "{\"expression\":", "The arguments are not a JSON object." },
        { "calculator", "[1]", "The arguments are not a JSON object." },
        { "calculator", "", "`expression` is missing." },
        { "calculator", """{"expression":"1/0"}""", "Division by zero." },
        { "broken", "{}", "The tool failed." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task What_goes_wrong_with_a_call_is_its_output(string name, string arguments, string output)
    {
        var broken = new TestTool("broken", (_, _) => throw new InvalidOperationException("password=hunter2"));
        _gateway.Then(ModelReplies.Calls((name, arguments)), OpenAiReplies.Text("Hm."));
        await using var host = await StartAsync(broken);
        var events = await host.StreamAsync(Calls.Create("Try"));

        Assert.Equal("Hm.", events[^1].GetProperty("item").Text());
        Assert.Equal(output, LastOutput());
        Assert.DoesNotContain("hunter2", string.Concat(events.Select(one => one.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_calls_tools_for_ever_must_answer_in_the_end()
    {
        _gateway.Always = (request, http) =>
            (request.Json.TryGetProperty("tool_choice", out var choice) && choice.ValueEquals("none") ? OpenAiReplies.Text("Enough.") : ModelReplies.Calls(("calculator", """{"expression":"1"}""")))(request, http);
        await using var host = await StartAsync();
        var events = await host.StreamAsync(Calls.Create("Loop"));

        Assert.Equal("Enough.", events[^1].GetProperty("item").Text());
        Assert.Equal(11, _gateway.Requests.Count(request => request.Path.EndsWith("/chat/completions", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stop_while_tools_run_cancels_them_and_leaves_no_call_without_its_output()
    {
        var cancelled = new TaskCompletionSource();
        var tool = new TestTool("wait", async (_, cancel) =>
        {
            await using var told = cancel.Register(() => cancelled.TrySetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return new ToolResult("");
        });
        _gateway.Then(ModelReplies.Deltas("tool_calls", ModelReplies.Words("Let me look."), ModelReplies.Call(0, "c", "wait", "{}")), OpenAiReplies.Text("Fine."));
        await using var host = await StartAsync(tool);
        var thread = await TurnTests.LeaveAsync(host, Calls.Create("Look"), after: 9);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var after = await host.StreamAsync(Calls.Add(thread, "Never mind"));

        await using var database = host.Database.Open();
        Assert.Equal(
            ["user_message", "assistant_message", "sdk_hidden_context", "user_message", "assistant_message"],
            await database.Items.OrderBy(item => item.Sequence).Select(item => item.Type).ToListAsync());
        Assert.Equal("Fine.", after[^1].GetProperty("item").Text());
        Assert.DoesNotContain("tool_calls", _gateway.Requests[^1].Json.GetProperty("messages").GetRawText(), StringComparison.Ordinal);
        Assert.Empty(host.Logs.At(LogLevel.Warning));
    }

    [Fact]
    public async Task Reasoning_and_tools_are_one_workflow_that_ends_with_its_duration()
    {
        _gateway.Then(
            ModelReplies.Deltas("tool_calls", ModelReplies.Thought("**Weighing**\n\nOne "), ModelReplies.Thought("thing.\n\n**Reckoning**\n\nTwo."), ModelReplies.Call(0, "c", "calculator", """{"expression":"1+1"}""")),
            ModelReplies.Deltas("stop", ModelReplies.Thought("So be it."), ModelReplies.Words("\n\nTwo.")));
        await using var host = await StartAsync();
        var events = await host.StreamAsync(Calls.Create("1+1?"));
        var items = await host.ItemsAsync(events.ThreadId());

        var workflow = items[1].GetProperty("workflow");
        Assert.Equal("reasoning", workflow.Type());
        Assert.Equal(
            ["thought Weighing: One thing.", "thought Reckoning: Two.", "custom Calculator", "thought : So be it."],
            workflow.GetProperty("tasks").EnumerateArray().Select(task => task.Type() == "custom"
                ? $"custom {task.GetProperty("title").GetString()}"
                : $"thought {(task.TryGetProperty("title", out var title) ? title.GetString() : "")}: {task.GetProperty("content").GetString()}"));
        Assert.True(workflow.GetProperty("summary").GetProperty("duration").GetInt32() >= 0);
        Assert.Equal("Two.", items[2].Text());
        Assert.Equal("**Weighing**\n\nOne thing.\n\n**Reckoning**\n\nTwo.", _gateway.Requests[^1].Json.GetProperty("messages")[2].GetProperty("reasoning_content").GetString());
    }

    [Fact]
    public async Task Signed_thoughts_go_back_whole_with_the_outputs()
    {
        _gateway.Then(
            ModelReplies.Deltas("tool_calls",
                """{"thinking_blocks":[{"type":"thinking","thinking":"Let ","signature":""}]}""",
                """{"thinking_blocks":[{"type":"thinking","thinking":"me.","signature":null}]}""",
                """{"thinking_blocks":[{"type":"thinking","thinking":"","signature":"c2ln"}]}""",
                ModelReplies.Call(0, "c", "calculator", """{"expression":"1"}""")),
            OpenAiReplies.Text("One."));
        await using var host = await StartAsync();
        await host.StreamAsync(Calls.Create("1?"));

        Assert.Equal(
            """[{"type":"thinking","thinking":"Let me.","signature":"c2ln"}]""",
            Compact(_gateway.Requests[^1].Json.GetProperty("messages")[2].GetProperty("thinking_blocks")));
    }

    [Fact]
    public async Task Sources_of_the_provider_and_marks_of_tools_become_annotations()
    {
        var tool = new TestTool("find", (request, _) => Task.FromResult(new ToolResult(
            $"{request.Cite(new FileSource { Title = "a.txt", Filename = "a.txt" })} alpha, {request.Cite(new UrlSource { Title = "B", Url = "https://b.example" })} beta")));
        _gateway.Then(
            ModelReplies.Calls(("find", "{}")),
            ModelReplies.Deltas("stop", ModelReplies.Words("Beta【"), ModelReplies.Words("2】 and alpha【1】, 【not a mark】."),
                """{"annotations":[{"type":"url_citation","url_citation":{"url":"https://c.example","title":"C","start_index":0,"end_index":4}},{"type":"url_citation","url_citation":{"url":"javascript:alert(1)","title":"X","start_index":0,"end_index":4}}]}"""));
        await using var host = await StartAsync(tool);
        var events = await host.StreamAsync(Calls.Create("Find"));

        var content = events[^1].GetProperty("item").GetProperty("content")[0];
        Assert.Equal("Beta and alpha, 【not a mark】.", content.GetProperty("text").GetString());
        Assert.Equal(
            ["B 4", "a.txt 14", "C 4"],
            content.GetProperty("annotations").EnumerateArray().Select(annotation => $"{annotation.GetProperty("source").GetProperty("title").GetString()} {annotation.GetProperty("index").GetInt32()}"));
    }

    [Fact]
    public async Task A_picture_is_kept_with_the_thread_and_seen_by_its_user_alone()
    {
        const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        _gateway.Then(ModelReplies.Deltas("stop", $$$"""{"images":[{"type":"image_url","index":0,"image_url":{"url":"data:image/png;base64,{{{Png}}}"}}]}"""));
        await using var host = await StartAsync();
        var events = await host.StreamAsync(Calls.Create("Draw"));
        var address = new Uri(events[^1].GetProperty("item").GetProperty("image").GetProperty("url").GetString()!);
        var bytes = await host.Http.GetByteArrayAsync(address);
        await host.StreamAsync(Calls.Add(events.ThreadId(), "Again"));
        using var stranger = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { HeaderUser.Header, "mallory" } } };
        using var refused = await host.Http.SendAsync(stranger);

        Assert.Equal(Convert.FromBase64String(Png), bytes);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Contains(Png, _gateway.Requests[^1].BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_composer_s_tool_is_forced_in_the_first_round_alone()
    {
        _gateway.Then(ModelReplies.Calls(("current_time", "{}")), OpenAiReplies.Text("Noon."));
        await using var host = await StartAsync();
        await host.StreamAsync(Calls.Create("Now?", """{"model":"demo","tool_choice":{"id":"current_time"}}"""));

        var (first, second) = (_gateway.Requests[0].Json, _gateway.Requests[1].Json);
        Assert.Equal("current_time", first.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString());
        Assert.False(second.TryGetProperty("tool_choice", out _));
    }

    [Fact]
    public async Task A_tool_that_is_not_there_is_said_and_the_answer_given_without_it()
    {
        await using var host = await StartAsync();
        var events = await host.StreamAsync(Calls.Create("Now?", """{"tool_choice":{"id":"gone`"}}"""));

        Assert.Contains(events, one => one.Type() == "notice" && one.GetProperty("message").GetString() == "The tool `gone'` is not at hand.");
        Assert.Equal("Hello from the fake upstream.", events[^1].GetProperty("item").Text());
    }

    [Fact]
    public async Task A_model_that_takes_no_tools_is_asked_without_them_and_remembered()
    {
        _gateway.Then(OpenAiReplies.Error(400, "registry.ollama.ai/library/gemma:2b does not support tools", "api_error"));
        await using var host = await StartAsync();
        var events = await host.StreamAsync(Calls.Create("Hi", """{"model":"gemma"}"""));
        await host.StreamAsync(Calls.Add(events.ThreadId(), "Again", """{"model":"gemma"}"""));

        Assert.Equal("Hello from the fake upstream.", events[^1].GetProperty("item").Text());
        Assert.Equal([true, false, false], _gateway.Requests.Select(request => request.Json.TryGetProperty("tools", out _)));
    }

    private Task<BackendHost> StartAsync(params ITool[] tools) => BackendHost.StartAsync(gateway: _gateway.ApiBase, services: services =>
    {
        foreach (var tool in tools)
            services.AddSingleton(tool);
    });

    private string? LastOutput() => _gateway.Requests[^1].Json.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString();

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
