using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Tests.Vectors;

/// <summary>Plays a vector's scripts: for turns, for actions, and for actions that are answered at once.</summary>
internal sealed class ScriptedResponder(JsonNode? setup, Pattern pattern) : IResponder
{
    private readonly Scripts _turns = new(setup?["turns"], "turn");
    private readonly Scripts _actions = new(setup?["actions"], "action");
    private readonly Scripts _syncActions = new(setup?["sync_actions"], "sync action");
    private readonly ScriptOperations _operations = new(pattern);

    /// <summary>Null where every script was played as the vector says.</summary>
    public string? Complaint => _operations.Complaint ?? _turns.Complaint ?? _actions.Complaint ?? _syncActions.Complaint;

    public IAsyncEnumerable<ThreadEvent> RespondAsync(Turn turn, CancellationToken cancel) => PlayAsync(_turns, turn, action: null, cancel);

    public IAsyncEnumerable<ThreadEvent> ActAsync(Turn turn, SentAction action, CancellationToken cancel) => PlayAsync(_actions, turn, action, cancel);

    public Task<ThreadItem?> ActAtOnceAsync(Turn turn, SentAction action, CancellationToken cancel)
    {
        var answer = _syncActions.Next() is { } script ? _operations.Fill(script, turn) : null;
        return Task.FromResult(answer is null ? null : JsonSerializer.Deserialize(answer, Wire.Json.ActionAnswer)!.UpdatedItem);
    }

    private async IAsyncEnumerable<ThreadEvent> PlayAsync(Scripts scripts, Turn turn, SentAction? action, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var operation in scripts.Next()?.AsArray().Select(node => node!.AsObject()) ?? [])
        {
            if (operation["emit"] is { } emitted)
                yield return JsonSerializer.Deserialize(_operations.Fill(emitted, turn), Wire.Json.ThreadEvent)!;
            else
                await _operations.PlayAsync(operation, turn, action, cancel);
        }
    }

    /// <summary>One script for each call; <c>"empty"</c>: all calls say nothing.</summary>
    private sealed class Scripts(JsonNode? scripts, string what)
    {
        private readonly JsonArray? _scripts = scripts as JsonArray;
        private int _calls;

        public string? Complaint => _scripts is not null && _calls != _scripts.Count ? $"{_calls} of {_scripts.Count} {what} scripts were played" : null;

        public JsonNode? Next() => _calls++ < (_scripts?.Count ?? 0) ? _scripts![_calls - 1] : null;
    }
}
