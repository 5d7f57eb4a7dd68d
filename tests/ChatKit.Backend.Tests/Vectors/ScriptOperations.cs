using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Tests.Vectors;

/// <summary>The operations of a vector's script, besides emitting events.</summary>
internal sealed class ScriptOperations(Pattern pattern)
{
    /// <summary>The first expectation that was not met.</summary>
    public string? Complaint { get; private set; }

    /// <summary>The JSON with its placeholders replaced.</summary>
    public string Fill(JsonNode json, Turn turn) => pattern.Fill(json.ToJsonString())
        .Replace("{{thread}}", turn.Thread.Id, StringComparison.Ordinal)
        .Replace("$now", TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public async Task PlayAsync(JsonObject operation, Turn turn, SentAction? action, CancellationToken cancel)
    {
        var (name, value) = (operation.First().Key, operation.First().Value);
        switch (name)
        {
            case "expect_input":
                Expect(value, turn.Input is null ? null : JsonSerializer.SerializeToNode(turn.Input, Wire.Json.ThreadItem), "input");
                break;
            case "expect_action":
                Expect(value, action is null ? null : JsonSerializer.SerializeToNode(action.Action, Wire.Json.WidgetAction), "action");
                break;
            case "expect_sender":
                Expect(value, action?.Sender?.Id, "sender");
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

    private void Expect(JsonNode? expected, JsonNode? given, string path) => Complaint ??= pattern.Mismatch(expected, given, path: path);

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
