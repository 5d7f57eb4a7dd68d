using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatKit.Browser.Tests.Fake;

/// <summary>The request types of the ChatKit protocol that the page uses.</summary>
internal sealed class FakeProtocol
{
    public FakeThreads Threads { get; } = new();

    public FakeFiles Files { get; } = new();

    /// <summary>What the coming turns play, in order; a turn without a script says a few words.</summary>
    public ConcurrentQueue<ScriptedAnswer> Answers { get; } = new();

    public async Task AnswerAsync(HttpContext http, string type, JsonNode parameters)
    {
        if (type == "threads.list")
            await ReplyAsync(http, Threads.PageOf(Limit(parameters), After(parameters)));
        else if (type == "threads.create")
            await CreateAsync(http, parameters["input"]!);
        else if (type.StartsWith("attachments.", StringComparison.Ordinal))
            await ReplyAsync(http, Files.Answer(type, parameters, http.Request));
        else if (Threads.ById(parameters["thread_id"]!.GetValue<string>()) is { } thread)
            await AnswerAsync(http, type, parameters, thread);
        else
            await Results.Problem("There is no such thread.", statusCode: 404).ExecuteAsync(http);
    }

    private async Task AnswerAsync(HttpContext http, string type, JsonNode parameters, FakeThread thread)
    {
        switch (type)
        {
            case "threads.get_by_id":
                await ReplyAsync(http, thread.ToJson(thread.PageOf(20, descending: false)));
                break;
            case "items.list":
                await ReplyAsync(http, thread.PageOf(Limit(parameters), descending: true, After(parameters)));
                break;
            case "threads.update":
                thread.Title = parameters["title"]!.GetValue<string>();
                await ReplyAsync(http, thread.ToJson());
                break;
            case "threads.delete":
                Threads.Remove(thread);
                await ReplyAsync(http, []);
                break;
            case "threads.add_user_message":
                await TakeMessageAsync(http, thread, parameters["input"]!);
                break;
            case "items.feedback":
                await ReplyAsync(http, []);
                break;
            case "threads.sync_custom_action":
                await ReplyAsync(http, thread.Updated(parameters["item_id"]!.GetValue<string>()));
                break;
            case "threads.custom_action":
                await new FakeTurn(http, thread, NextAnswer()).PlayAsync();
                break;
            case "threads.add_client_tool_output":
                thread.CompleteCall(parameters["result"]!);
                await new FakeTurn(http, thread, NextAnswer()).PlayAsync();
                break;
            case "threads.add_structured_input":
                await new FakeTurn(http, thread, NextAnswer()).PlayAsync(Wire.Item("thread.item.replaced", thread.Fill(parameters)));
                break;
            case "threads.edit_user_message":
                await new FakeTurn(http, thread, NextAnswer()).PlayAsync(Wire.Item("thread.item.replaced", thread.Edit(parameters)));
                break;
            case "threads.retry_after_item":
                thread.DropAfter(parameters["item_id"]!.GetValue<string>());
                await new FakeTurn(http, thread, NextAnswer()).PlayAsync();
                break;
            default:
                await Results.Problem($"The fake server does not know {type}.", statusCode: 400).ExecuteAsync(http);
                break;
        }
    }

    private async Task CreateAsync(HttpContext http, JsonNode input)
    {
        var thread = Threads.Begin();
        await TakeMessageAsync(http, thread, input, Wire.Thread("thread.created", thread.ToJson()));
    }

    private async Task TakeMessageAsync(HttpContext http, FakeThread thread, JsonNode input, params string[] opening)
    {
        var message = Wire.UserMessage(thread.Id, input);
        message["attachments"] = new JsonArray([.. input["attachments"]!.AsArray().Select(id => Files.ById(id!.GetValue<string>()))]);
        thread.Add(message);
        await new FakeTurn(http, thread, NextAnswer()).PlayAsync([.. opening, Wire.Item("thread.item.done", message)]);
    }

    private ScriptedAnswer NextAnswer()
    {
        if (Answers.TryDequeue(out var scripted)) return scripted;
        var answer = new ScriptedAnswer();
        answer.Say("All right.").End();
        return answer;
    }

    private static int Limit(JsonNode parameters) => parameters["limit"]!.GetValue<int>();

    private static string? After(JsonNode parameters) => parameters["after"]?.GetValue<string>();

    private static Task ReplyAsync(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString());
    }
}
