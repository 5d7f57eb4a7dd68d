using ChatKit.Worker.Models;

namespace ChatKit.Worker.Jobs.ThreadTitle;

/// <summary>
/// Which model names threads: <c>TITLE_MODEL</c>; else the one that the user chose; else the one that answers where the user chose none, found
/// as the backend finds it (<c>CHATKIT_MODEL</c>, <c>MODEL</c>, the first that the gateway lists).
/// </summary>
internal sealed class TitleModel(IConfiguration configuration, ModelClients models)
{
    /// <exception cref="InvalidOperationException">The gateway offers no model; it may tomorrow.</exception>
    public async Task<string> FindAsync(FirstExchange exchange, CancellationToken cancellationToken) =>
        Given("TITLE_MODEL") ?? exchange.Model ?? Given("CHATKIT_MODEL") ?? Given("MODEL")
        ?? await models.FirstListedAsync(cancellationToken)
        ?? throw new InvalidOperationException("The model gateway offers no model.");

    private string? Given(string variable) => configuration[variable]?.Trim() is { Length: > 0 } value ? value : null;
}
