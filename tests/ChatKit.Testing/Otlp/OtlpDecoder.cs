namespace ChatKit.Testing.Otlp;

/// <summary>
/// Reads export requests of OTLP 1.x (https://github.com/open-telemetry/opentelemetry-proto): all three nest resource → scope → record, with the
/// same field numbers, so one walk serves them.
/// </summary>
internal static class OtlpDecoder
{
    private delegate void Record(ReadOnlySpan<byte> message, string service, string scope);

    public static List<ReceivedSpan> Spans(ReadOnlySpan<byte> request)
    {
        List<ReceivedSpan> spans = [];
        Walk(request, (message, service, scope) => spans.Add(Span(message, service, scope)));
        return spans;
    }

    public static List<ReceivedPoint> Points(ReadOnlySpan<byte> request)
    {
        List<ReceivedPoint> points = [];
        Walk(request, (message, service, scope) => MetricDecoder.Read(message, service, scope, points));
        return points;
    }

    public static List<ReceivedLog> Logs(ReadOnlySpan<byte> request)
    {
        List<ReceivedLog> logs = [];
        Walk(request, (message, service, scope) => logs.Add(Log(message, service, scope)));
        return logs;
    }

    private static void Walk(ReadOnlySpan<byte> request, Record record)
    {
        var resources = new ProtoReader(request);
        while (resources.Next())
        {
            var service = "";
            var resource = new ProtoReader(resources.Bytes());
            while (resource.Next())
            {
                if (resource.Field == 1)
                {
                    service = AttributeDecoder.Read(resource.Bytes(), field: 1).GetValueOrDefault("service.name") as string ?? "";
                }
                else if (resource.Field == 2)
                {
                    WalkScope(resource.Bytes(), service, record);
                }
                else
                {
                    resource.Skip();
                }
            }
        }
    }

    private static void WalkScope(ReadOnlySpan<byte> message, string service, Record record)
    {
        var name = "";
        var scope = new ProtoReader(message);
        while (scope.Next())
        {
            if (scope.Field == 1)
            {
                var header = new ProtoReader(scope.Bytes());
                while (header.Next())
                {
                    if (header.Field == 1)
                    {
                        name = header.Text();
                    }
                    else
                    {
                        header.Skip();
                    }
                }
            }
            else if (scope.Field == 2)
            {
                record(scope.Bytes(), service, name);
            }
            else
            {
                scope.Skip();
            }
        }
    }

    private static ReceivedSpan Span(ReadOnlySpan<byte> message, string service, string source)
    {
        var (trace, id, parent, name, kind, error) = ("", "", "", "", SpanKind.Unspecified, false);
        List<ReceivedEvent> events = [];
        var span = new ProtoReader(message);
        while (span.Next())
        {
            switch (span.Field)
            {
                case 1: trace = span.Hex(); break;
                case 2: id = span.Hex(); break;
                case 4: parent = span.Hex(); break;
                case 5: name = span.Text(); break;
                case 6: kind = (SpanKind)span.Varint(); break;
                case 11: events.Add(Event(span.Bytes())); break;
                case 15: error = IsError(span.Bytes()); break;
                default: span.Skip(); break;
            }
        }

        return new(service, source, trace, id, parent, name, kind, error, AttributeDecoder.Read(message, field: 9)) { Events = events };
    }

    private static ReceivedEvent Event(ReadOnlySpan<byte> message)
    {
        var name = "";
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == 2) name = reader.Text();
            else reader.Skip();
        }

        return new(name, AttributeDecoder.Read(message, field: 3));
    }

    private static bool IsError(ReadOnlySpan<byte> message)
    {
        var status = new ProtoReader(message);
        while (status.Next())
        {
            if (status.Field == 3)
            {
                return status.Varint() == 2;
            }

            status.Skip();
        }

        return false;
    }

    private static ReceivedLog Log(ReadOnlySpan<byte> message, string service, string category)
    {
        var (body, trace, span) = ("", "", "");
        var log = new ProtoReader(message);
        while (log.Next())
        {
            switch (log.Field)
            {
                case 5: body = AttributeDecoder.Value(log.Bytes())?.ToString() ?? ""; break;
                case 9: trace = log.Hex(); break;
                case 10: span = log.Hex(); break;
                default: log.Skip(); break;
            }
        }

        return new(service, category, body, trace, span);
    }
}
