namespace ChatKit.Testing.Otlp;

/// <summary>A span as it arrived. Ids are lower-case hex; <see cref="ParentId"/> is empty for a root.</summary>
public sealed record ReceivedSpan(
    string Service,
    string Source,
    string TraceId,
    string SpanId,
    string ParentId,
    string Name,
    SpanKind Kind,
    bool IsError,
    IReadOnlyDictionary<string, object?> Attributes)
{
    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<ReceivedEvent> Events { get; init; } = [];
}

/// <summary>Something that happened during a span.</summary>
public sealed record ReceivedEvent(string Name, IReadOnlyDictionary<string, object?> Attributes);

/// <summary>The kinds of span, numbered as OTLP does.</summary>
public enum SpanKind
{
    Unspecified = 0,
    Internal = 1,
    Server = 2,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}

/// <summary>One point of a metric. <see cref="Count"/> and <see cref="Sum"/> are a histogram's; a plain number is in <see cref="Sum"/>.</summary>
public sealed record ReceivedPoint(string Service, string Meter, string Metric, string Unit, ulong Count, double Sum, IReadOnlyDictionary<string, object?> Attributes);

/// <summary>A log record.</summary>
public sealed record ReceivedLog(string Service, string Category, string Body, string TraceId, string SpanId);
