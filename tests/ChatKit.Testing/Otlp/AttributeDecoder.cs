namespace ChatKit.Testing.Otlp;

/// <summary>Reads <c>repeated KeyValue</c> fields: key = 1, value = 2; a value is one of string 1, bool 2, int 3, double 4, array 5.</summary>
internal static class AttributeDecoder
{
    /// <summary>The attributes that a message carries in its field number <paramref name="field"/>.</summary>
    public static Dictionary<string, object?> Read(ReadOnlySpan<byte> message, int field)
    {
        Dictionary<string, object?> attributes = [];
        var owner = new ProtoReader(message);
        while (owner.Next())
        {
            if (owner.Field != field)
            {
                owner.Skip();
                continue;
            }

            var (key, value) = ("", (object?)null);
            var pair = new ProtoReader(owner.Bytes());
            while (pair.Next())
            {
                switch (pair.Field)
                {
                    case 1: key = pair.Text(); break;
                    case 2: value = Value(pair.Bytes()); break;
                    default: pair.Skip(); break;
                }
            }

            attributes[key] = value;
        }

        return attributes;
    }

    public static object? Value(ReadOnlySpan<byte> message)
    {
        var any = new ProtoReader(message);
        if (!any.Next())
        {
            return null;
        }

        return any.Field switch
        {
            1 => any.Text(),
            2 => any.Varint() != 0,
            3 => (long)any.Varint(),
            4 => any.Double(),
            5 => Array(any.Bytes()),
            _ => null,
        };
    }

    private static object?[] Array(ReadOnlySpan<byte> message)
    {
        List<object?> values = [];
        var array = new ProtoReader(message);
        while (array.Next())
        {
            values.Add(Value(array.Bytes()));
        }

        return [.. values];
    }
}
