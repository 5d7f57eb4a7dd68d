using ChatKit.Gateway.Routing;

namespace ChatKit.Gateway.Pipeline.Explain;

/// <summary>Who wants to know why a call goes where it goes: its client, by a header, and a trace that it is part of. For all other calls nothing is kept.</summary>
internal static class ExplainRequest
{
    public const string Header = "x-chatkit-explain";

    /// <summary>True where the client asked.</summary>
    public static bool IsBy(HttpRequest request) => request.Headers.TryGetValue(Header, out var wish) && wish is ["1"] or ["true"];

    /// <summary>Null where nobody wants to know.</summary>
    public static RouteTrace? TraceFor(HttpRequest request) => IsBy(request) || RouteEvents.Span() is not null ? new RouteTrace() : null;
}
