namespace ChatKit.Backend.Models;

/// <summary>Which model answers where the user chose none: <c>CHATKIT_MODEL</c>, else <c>MODEL</c>, else the first that the gateway lists.</summary>
internal sealed class DefaultModel(IConfiguration configuration, ModelCatalog catalog)
{
    public string? Configured { get; } = Given(configuration["CHATKIT_MODEL"]) ?? Given(configuration["MODEL"]);

    /// <summary>Null where nothing is configured, and the gateway lists none or does not answer.</summary>
    public async Task<string?> FindAsync(CancellationToken cancel) =>
        Configured ?? ((await catalog.ListAsync(cancel)) is [var first, ..] ? first : null);

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
