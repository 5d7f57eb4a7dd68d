using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ChatKit.Gateway.Pipeline;
using Microsoft.Extensions.Logging;

namespace ChatKit.Gateway.Tests.Chaos;

/// <summary>What the gateway logs of each settlement, by call: the only place where an attempt and its call meet.</summary>
internal sealed partial class SettlementLedger : ILoggerProvider, ILogger
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<Settlement>> _byCall = new();

    public IReadOnlyList<Settlement> Of(string callId) => _byCall.TryGetValue(callId, out var settlements) ? [.. settlements.OrderBy(s => s.Number)] : [];

    public IEnumerable<Settlement> All => _byCall.Values.SelectMany(settlements => settlements);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Line().Match(formatter(state, exception)) is not { Success: true } line) return;
        _byCall.GetOrAdd(line.Groups["call"].Value, static _ => []).Add(new Settlement(
            int.Parse(line.Groups["number"].Value), line.Groups["kind"].Value, line.Groups["deployment"].Value, line.Groups["outcome"].Value is "succeeded"));
    }

    public void Dispose() { }

    /// <summary>The lines of <see cref="AttemptSettlement"/>.</summary>
    [GeneratedRegex(@"^(?<call>call-\d+): (the client left )?attempt (?<number>\d+) \((?<kind>\w+)\) at (?<deployment>\S+) (?<outcome>succeeded|failed|was broken off|after)")]
    private static partial Regex Line();
}

internal sealed record Settlement(int Number, string Kind, string Deployment, bool IsAnswer);
