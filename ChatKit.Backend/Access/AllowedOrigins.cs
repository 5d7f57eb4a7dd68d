namespace ChatKit.Backend.Access;

/// <summary>
/// Which pages may talk to this server: its own, and those whose origins <c>ALLOWED_ORIGINS</c> lists (<c>https://a.example,https://b.example</c>). Their hosts
/// are also names that this server answers to.
/// </summary>
internal sealed class AllowedOrigins
{
    public const string Variable = "ALLOWED_ORIGINS";

    private readonly HashSet<string> _origins;
    private readonly HashSet<string> _hosts;

    private AllowedOrigins(IReadOnlyList<Uri> origins)
    {
        _origins = origins.Select(origin => origin.GetLeftPart(UriPartial.Authority)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _hosts = origins.Select(origin => origin.Host).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyCollection<string> Origins => _origins;

    /// <summary>Start-up has checked that the list holds origins, and no <c>*</c>.</summary>
    public static AllowedOrigins From(IConfiguration configuration)
    {
        var given = (configuration[Variable] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new AllowedOrigins([.. given.Select(origin => new Uri(origin))]);
    }

    public bool Lists(string origin) => _origins.Contains(origin);

    public bool NamesHost(string host) => _hosts.Contains(host);
}
