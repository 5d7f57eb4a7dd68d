using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatKit.Browser.Tests.Fake;

/// <summary>Plays one scripted answer as the protocol's events, and stores what the protocol stores.</summary>
internal sealed class FakeTurn(HttpContext http, FakeThread thread, ScriptedAnswer answer)
{
    private JsonObject? _message;
    private string _words = "";

    public async Task PlayAsync(params string[] opening)
    {
        http.Response.ContentType = "text/event-stream";
        try
        {
            foreach (var line in opening) await SendAsync(line);
            await SendAsync(Wire.StreamOptions());
            await foreach (var step in answer.Steps.ReadAllAsync(http.RequestAborted))
            {
                if (!await PlayAsync(step)) return;
            }
        }
        catch (OperationCanceledException)
        {
            // The client left: the protocol keeps what was said so far.
            Store();
            answer.MarkLeft();
        }
    }

    /// <summary>False when the stream ends here.</summary>
    private async Task<bool> PlayAsync(ScriptedAnswer.Step step)
    {
        switch (step)
        {
            case ScriptedAnswer.Step.Words(var words):
                await SayAsync(words);
                return true;
            case ScriptedAnswer.Step.Event(var json):
                await SendAsync(json);
                return true;
            case ScriptedAnswer.Step.Item(var type, var item):
                var whole = Wire.Complete(thread.Id, item);
                if (type is not "thread.item.added") thread.Add(whole);
                await SendAsync(Wire.Item(type, whole));
                return true;
            case ScriptedAnswer.Step.Title(var title):
                thread.Title = title;
                await SendAsync(Wire.Thread("thread.updated", thread.ToJson()));
                return true;
            case ScriptedAnswer.Step.Failure(var message, var allowRetry):
                Store();
                await SendAsync(Wire.Error(message, allowRetry));
                return false;
            case ScriptedAnswer.Step.Cut:
                Store();
                http.Abort();
                return false;
            default:
                if (Store() is { } done) await SendAsync(Wire.Item("thread.item.done", done));
                return false;
        }
    }

    private async Task SayAsync(string words)
    {
        if (_message is null)
        {
            _message = Wire.AssistantMessage(thread.Id, "");
            await SendAsync(Wire.Item("thread.item.added", _message));
            await SendAsync(Wire.PartAdded(_message));
        }

        _words += words;
        await SendAsync(Wire.Delta(_message, words));
    }

    private JsonObject? Store()
    {
        if (_message is null) return null;
        _message["content"] = new JsonArray(Wire.Text(_words));
        thread.Add(_message);
        return _message;
    }

    private async Task SendAsync(string json)
    {
        await http.Response.WriteAsync($"data: {json}\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
