using System.Diagnostics.CodeAnalysis;

namespace ChatKit.ServiceDefaults.Configuration;

/// <summary>
/// Reads <c>.env</c> files: <c>[export ]NAME=value</c> per line, split at the first <c>=</c>, outer quotes stripped, <c>#</c> comments.
/// <code>
/// # the proxy
/// export LITELLM_PORT=4000
/// LITELLM_API_KEY="sk-litellm-proxy"   # shared with the backend
/// </code>
/// </summary>
public static class DotEnvFile
{
    private const string Export = "export";

    /// <summary>The file's variables in their order; a missing file has none. A name that stands twice keeps its last value.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path) => File.Exists(path) ? Parse(File.ReadAllText(path)) : [];

    /// <summary>The variables in the text of a file; lines that assign nothing are skipped.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string text)
    {
        var variables = new List<KeyValuePair<string, string>>();
        foreach (var line in text.AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            if (TryParseLine(line.Trim(), out var name, out var value))
                variables.Add(new(name, value));
        }

        return variables;
    }

    private static bool TryParseLine(ReadOnlySpan<char> line, [NotNullWhen(true)] out string? name, [NotNullWhen(true)] out string? value)
    {
        (name, value) = (null, null);
        if (line.IsEmpty || line[0] == '#')
            return false;
        if (line.StartsWith(Export) && line.Length > Export.Length && char.IsWhiteSpace(line[Export.Length]))
            line = line[Export.Length..].TrimStart();
        var equals = line.IndexOf('=');
        if (equals <= 0)
            return false;
        name = line[..equals].TrimEnd().ToString();
        value = Unquote(line[(equals + 1)..].TrimStart()).ToString();
        return true;
    }

    /// <summary>Inside quotes everything counts; outside them a <c>#</c> after white space begins a comment (<c>p#ss</c> stays whole).</summary>
    private static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> value)
    {
        if (!value.IsEmpty && value[0] is '"' or '\'')
        {
            var close = value[1..].IndexOf(value[0]);
            var rest = close < 0 ? [] : value[(close + 2)..].TrimStart();
            if (close >= 0 && (rest.IsEmpty || rest[0] == '#'))
                return value.Slice(1, close);
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '#' && (i == 0 || char.IsWhiteSpace(value[i - 1])))
                return value[..i].TrimEnd();
        }

        return value;
    }
}
