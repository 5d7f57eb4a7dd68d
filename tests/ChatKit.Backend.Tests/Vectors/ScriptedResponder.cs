using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Tests.Vectors;

/// <summary>Plays a vector's scripts, one per call.</summary>
internal sealed class ScriptedResponder(JsonNode? turns, Pattern pattern) : IResponder
{
    private readonly JsonArray? _scripts = turns as JsonArray;
    private int _calls;

    /// <summary>Null where every script was played as the vector says.</summary>
    public string? Complaint { get; private set; }

    public bool AllPlayed => _scripts is null || _calls == _scripts.Count;

    public async IAsyncEnumerable<ThreadEvent> RespondAsync(Turn turn, [EnumeratorCancellation] CancellationToken cancel)
    {
        var call = _calls++;
        if (_scripts is null)
            yield break;
        if (call >= _scripts.Count)
        {
            Complaint = $"call {call + 1} of the responder has no script";
            yield break;
        }

        foreach (var operation in _scripts[call]!.AsArray().Select(node => node!.AsObject()))
        {
            if (operation["emit"] is { } emitted)
                yield return Event(emitted, turn);
            else
                await PlayAsync(operation, turn, cancel);
        }
    }

    private ThreadEvent Event(JsonNode emitted, Turn turn)
    {
        var json = pattern.Fill(emitted.ToJsonString())
            .Replace("{{thread}}", turn.Thread.Id, StringComparison.Ordinal)
            .Replace("$now", TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return JsonSerializer.Deserialize(json, Wire.Json.ThreadEvent)!;
    }

    private async Task PlayAsync(JsonObject operation, Turn turn, CancellationToken cancel)
    {
        var (name, value) = (operation.First().Key, operation.First().Value);
        switch (name)
        {
            case "expect_input":
                Complaint ??= pattern.Mismatch(value, turn.Input is null ? null : JsonSerializer.SerializeToNode(turn.Input, Wire.Json.ThreadItem), path: "input");
                break;
            case "set_title":
                turn.Thread.Title = value!.GetValue<string>();
                break;
            case "set_metadata":
                var merged = turn.Thread.Metadata;
                foreach (var member in value!.AsObject())
                    merged[member.Key] = member.Value?.DeepClone();
                turn.Thread.Metadata = merged;
                break;
            case "set_status":
                turn.Thread.Status = value.Deserialize(Wire.Json.ThreadStatus)!;
                break;
            case "set_allowed_image_domains":
                turn.Thread.AllowedImageDomains = value.Deserialize(Wire.Json.IReadOnlyListString);
                break;
            case "fail":
                throw Failure(operation);
            case "client_abort":
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                break;
            default:
                throw new NotSupportedException($"The script operation {name} is not played.");
        }
    }

    private static Exception Failure(JsonObject operation)
    {
        var retry = operation["allow_retry"]?.GetValue<bool>() ?? false;
        return operation["fail"]!.GetValue<string>() switch
        {
            "custom" => new ResponderException(new ErrorEvent(ErrorEvent.Custom, operation["message"]!.GetValue<string>(), retry), "scripted"),
            "stream" => new ResponderException(new ErrorEvent(ErrorEvent.StreamError, AllowRetry: retry), "scripted"),
            _ => new InvalidOperationException("secret internal detail"),
        };
    }
}
