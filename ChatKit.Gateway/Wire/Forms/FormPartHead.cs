using System.Text;

namespace ChatKit.Gateway.Wire.Forms;

/// <summary>The headers of one part of a form, as they came, and the name that they give it.</summary>
internal sealed record FormPartHead(string Name, ReadOnlyMemory<byte> Headers)
{
    /// <summary>Null where no <c>Content-Disposition: form-data; name="…"</c> is among them.</summary>
    public static FormPartHead? Parse(byte[] headers)
    {
        foreach (var line in Encoding.UTF8.GetString(headers).Split("\r\n"))
        {
            if (line.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase) && NameIn(line) is { } name) return new FormPartHead(name, headers);
        }

        return null;
    }

    /// <summary>
    /// Browsers and SDKs write <c>name="model"</c>, some without quotes. <c>filename=</c> is another parameter, and so is what stands inside one's quotes.
    /// </summary>
    private static string? NameIn(string line)
    {
        for (var i = line.IndexOf(';', StringComparison.Ordinal); i >= 0 && i < line.Length;)
        {
            var equals = line.IndexOf('=', i);
            if (equals < 0) return null;
            var parameter = line[(i + 1)..equals].Trim();
            var start = equals + 1;
            var quoted = start < line.Length && line[start] == '"';
            var end = quoted ? EndOfQuotes(line, start + 1) : line.IndexOf(';', start);
            if (end < 0) end = line.Length;
            if (parameter.Equals("name", StringComparison.OrdinalIgnoreCase)) return line[(quoted ? start + 1 : start)..end].Trim();
            i = line.IndexOf(';', Math.Min(end, line.Length));
        }

        return null;
    }

    private static int EndOfQuotes(string line, int start)
    {
        for (var i = start; i < line.Length; i++)
        {
            if (line[i] == '\\') i++;
            else if (line[i] == '"') return i;
        }

        return -1;
    }
}
