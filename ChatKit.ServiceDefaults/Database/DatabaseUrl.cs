namespace ChatKit.ServiceDefaults.Database;

/// <summary>
/// The parts of <c>scheme[+driver]://authority/path?query</c>, still percent-encoded. <see cref="Uri"/> cannot read these addresses: they
/// may name several hosts, and people write passwords raw.
/// </summary>
internal sealed record DatabaseUrl(string Scheme, string Authority, string Path, string Query)
{
    private const string Separator = "://";

    /// <summary>False when there is no scheme; a driver's name (<c>postgresql+psycopg</c>) is dropped.</summary>
    public static bool TrySplit(string text, out DatabaseUrl url)
    {
        url = new("", "", "", "");
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        if (end <= 0 || !text[..end].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.' or '_'))
            return false;
        var rest = text[(end + Separator.Length)..];
        var start = HostStart(rest);
        var query = rest.IndexOf('?', start);
        var beforeQuery = query < 0 ? rest : rest[..query];
        var slash = beforeQuery.IndexOf('/', start);
        url = new(
            text[..end].ToLowerInvariant().Split('+')[0],
            slash < 0 ? beforeQuery : beforeQuery[..slash],
            slash < 0 ? "" : beforeQuery[slash..],
            query < 0 ? "" : rest[(query + 1)..]);
        return true;
    }

    /// <summary>The query's parameters, decoded, names in lower case.</summary>
    public IEnumerable<(string Name, string Value)> Parameters() =>
        Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var equals = pair.IndexOf('=');
            return equals < 0
                ? (Decode(pair).ToLowerInvariant(), "")
                : (Decode(pair[..equals]).ToLowerInvariant(), Decode(pair[(equals + 1)..]));
        });

    /// <summary>Percent-decoding; a <c>+</c> stays a plus, as libpq has it.</summary>
    public static string Decode(string text) => Uri.UnescapeDataString(text);

    /// <summary>Where <c>/</c> and <c>?</c> begin to count: past the credentials when a password has one of them raw.</summary>
    private static int HostStart(string rest)
    {
        var end = rest.IndexOfAny(['/', '?']);
        return end <= 0 || rest[..end].Contains('@') ? 0 : rest.LastIndexOf('@') + 1;
    }
}
