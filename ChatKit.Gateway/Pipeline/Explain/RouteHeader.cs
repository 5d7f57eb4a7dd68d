using System.Globalization;
using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;

namespace ChatKit.Gateway.Pipeline.Explain;

/// <summary>
/// The way of a call as one header value, for people to read:
/// <code>smart: d1 passed over (it rests for 4 s more: it is at its rate limit), d2 chosen (weight 3 of 4); attempt 1: d2 429 in 35 ms; smart: d3 chosen (the only one left); attempt 2: d3 200 in 210 ms</code>
/// Printable ASCII, and never longer than proxies take; a provider's words are in it only as far as they are in the error that the client gets.
/// </summary>
internal static class RouteHeader
{
    public const string Name = "x-chatkit-route";

    private const int Longest = 2048;
    private const int LongestReason = 160;
    private const string Cut = " ...";

    /// <summary>Writes the header where the client asked for it and the call has set out.</summary>
    /// <param name="headers">Of the answer.</param>
    /// <param name="call">The call.</param>
    /// <param name="open">The attempt whose answer begins; null where no attempt succeeded.</param>
    public static void Write(IHeaderDictionary headers, GatewayCall call, UpstreamAttempt? open)
    {
        if (call.Route?.Trace is { } trace && ExplainRequest.IsBy(call.Http.Request)) headers[Name] = Of(trace, open);
    }

    private static string Of(RouteTrace trace, UpstreamAttempt? open)
    {
        var text = new StringBuilder();
        foreach (var step in Steps(trace, open))
        {
            if (text.Length > 0) text.Append("; ");
            text.Append(step);
            if (text.Length > Longest) break;
        }

        if (text.Length > Longest) text.Remove(Longest - Cut.Length, text.Length - Longest + Cut.Length).Append(Cut);
        return Printable(text);
    }

    /// <summary>Each choice, and after it what came of it. Attempts that ran beside others come when they ended.</summary>
    private static IEnumerable<string> Steps(RouteTrace trace, UpstreamAttempt? open)
    {
        var ended = new Queue<Attempt>(trace.Attempts);
        foreach (var choice in trace.Choices)
        {
            yield return Of(choice);
            if (choice.Chosen is not null && ended.TryDequeue(out var attempt)) yield return Of(attempt);
        }

        foreach (var attempt in ended) yield return Of(attempt);
        if (open is not null) yield return $"attempt {open.Number}: {open.Deployment.Id} {open.Response!.Status} in {Milliseconds(open.Elapsed)}";
    }

    private static string Of(RouteChoice choice)
    {
        var candidates = choice.Candidates.Select(candidate =>
            candidate.PassedOver is { } reason ? $"{candidate.Deployment.Id} passed over ({Short(reason)})" : $"{candidate.Deployment.Id} chosen ({Short(choice.Reason)})");
        var list = string.Join(", ", candidates);
        return choice.Chosen is null ? $"{choice.Group}: {list}{(list.Length > 0 ? ", " : "")}nobody ({Short(choice.Reason)})" : $"{choice.Group}: {list}";
    }

    private static string Of(Attempt attempt)
    {
        var outcome = attempt.Error is { } error ? $"{error.Status} {Errors.ErrorClass.Of(error)}" : $"{attempt.UpstreamStatus}";
        return $"attempt {attempt.Number}: {attempt.Deployment.Id} {outcome} in {Milliseconds(attempt.Duration)}";
    }

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");

    private static string Short(string reason) => reason.Length <= LongestReason ? reason : string.Concat(reason.AsSpan(0, LongestReason), Cut);

    private static string Printable(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '~') text[i] = '?';
        }

        return text.ToString();
    }
}
