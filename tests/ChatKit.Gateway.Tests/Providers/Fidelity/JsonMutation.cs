using System.Text;

namespace ChatKit.Gateway.Tests.Providers.Fidelity;

/// <summary>Spoils JSON at random, the same way for the same seed: values swapped for others, members renamed, cut or doubled, single bytes broken.</summary>
internal sealed class JsonMutation(int seed)
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "9223372036854775808", "\"\"", "\" \"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[null]", "{}", "[[[[]]]]", "{\"a\":{}}",
        "\"text\"", "\"assistant\"", "\"type\"",
    ];

    private readonly Random _random = new(seed);

    /// <summary>One to four changes; mostly still JSON, sometimes not.</summary>
    public byte[] Spoil(string json)
    {
        var spoilt = json;
        for (var changes = _random.Next(1, 5); changes > 0; changes--) spoilt = Change(spoilt);
        var bytes = Encoding.UTF8.GetBytes(spoilt);
        if (_random.Next(8) == 0 && bytes.Length > 0) bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        return bytes;
    }

    private string Change(string json)
    {
        var tokens = Tokens(json);
        if (tokens.Count == 0) return Values[_random.Next(Values.Length)];
        var (start, length) = tokens[_random.Next(tokens.Count)];
        return _random.Next(10) switch
        {
            < 6 => json[..start] + Values[_random.Next(Values.Length)] + json[(start + length)..],
            < 8 => json[..start] + json[(start + length)..],
            8 => json[..(start + length)] + "," + json[start..],
            _ => json[..start],
        };
    }

    /// <summary>Where scalars stand; as good a set of places to hurt as any.</summary>
    private static List<(int Start, int Length)> Tokens(string json)
    {
        var tokens = new List<(int, int)>();
        for (var i = 0; i < json.Length; i++)
        {
            var start = i;
            if (json[i] == '"')
            {
                for (i++; i < json.Length && json[i] != '"'; i++)
                    if (json[i] == '\\')
                        i++;
                tokens.Add((start, Math.Min(i + 1, json.Length) - start));
            }
            else if (char.IsAsciiLetterOrDigit(json[i]))
            {
                while (i + 1 < json.Length && char.IsAsciiLetterOrDigit(json[i + 1])) i++;
                tokens.Add((start, i + 1 - start));
            }
        }

        return tokens;
    }
}
