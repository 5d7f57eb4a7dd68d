namespace ChatKit.Testing.Otlp;

/// <summary>Reads one OTLP metric: name = 1, unit = 3, and its points under gauge 5, sum 7 or histogram 9.</summary>
internal static class MetricDecoder
{
    public static void Read(ReadOnlySpan<byte> message, string service, string meter, List<ReceivedPoint> points)
    {
        var (name, unit) = ("", "");
        var metric = new ProtoReader(message);
        while (metric.Next())
        {
            switch (metric.Field)
            {
                case 1: name = metric.Text(); break;
                case 3: unit = metric.Text(); break;
                case 5 or 7: ReadPoints(metric.Bytes(), histogram: false); break;
                case 9: ReadPoints(metric.Bytes(), histogram: true); break;
                default: metric.Skip(); break;
            }
        }

        void ReadPoints(ReadOnlySpan<byte> data, bool histogram)
        {
            var owner = new ProtoReader(data);
            while (owner.Next())
            {
                if (owner.Field != 1)
                {
                    owner.Skip();
                    continue;
                }

                var bytes = owner.Bytes();
                var (count, sum) = histogram ? Histogram(bytes) : (0, Number(bytes));
                points.Add(new(service, meter, name, unit, count, sum, AttributeDecoder.Read(bytes, histogram ? 9 : 7)));
            }
        }
    }

    private static (ulong Count, double Sum) Histogram(ReadOnlySpan<byte> message)
    {
        var (count, sum) = (0UL, 0d);
        var point = new ProtoReader(message);
        while (point.Next())
        {
            switch (point.Field)
            {
                case 4: count = point.Fixed64(); break;
                case 5: sum = point.Double(); break;
                default: point.Skip(); break;
            }
        }

        return (count, sum);
    }

    private static double Number(ReadOnlySpan<byte> message)
    {
        var value = 0d;
        var point = new ProtoReader(message);
        while (point.Next())
        {
            switch (point.Field)
            {
                case 4: value = point.Double(); break;
                case 6: value = (long)point.Fixed64(); break;
                default: point.Skip(); break;
            }
        }

        return value;
    }
}
