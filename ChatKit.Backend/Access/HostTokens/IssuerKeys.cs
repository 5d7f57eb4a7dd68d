using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ChatKit.Backend.Access.HostTokens;

/// <summary>
/// The public keys of an issuer: fetched when they are first needed and once a day after that, and at once when a token names a key that is not among them, so
/// that nobody is refused when the issuer begins to sign with a new one. However many tokens name unknown keys, the issuer is asked once a minute at most; while
/// it does not answer, the keys that are known stay good.
/// </summary>
internal sealed partial class IssuerKeys(HostTokenRule rule, TimeProvider time, ILogger<IssuerKeys> logger) : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    /// <summary>Start-up let no http address through but one of this machine.</summary>
    private readonly HttpDocumentRetriever _documents = new() { RequireHttps = false };
    private readonly SemaphoreSlim _fetching = new(1, 1);
    private OpenIdConnectConfiguration? _known;
    private long _fetchedAt;

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
        await CurrentAsync(static (_, age) => age > KeptFor, cancel) ?? throw new InvalidOperationException("The issuer's keys could not be fetched.");

    /// <summary>Nothing is left to do after a failure: <see cref="LookForAsync"/> came before.</summary>
    public void RequestRefresh()
    {
    }

    /// <summary>Makes sure that the key which a token names was looked for.</summary>
    public Task LookForAsync(string token, CancellationToken cancel) => KeyOf(token) is { Length: > 0 } id
        ? CurrentAsync((known, age) => age > Apart && known.SigningKeys.All(key => key.KeyId != id), cancel)
        : Task.CompletedTask;

    public void Dispose() => _fetching.Dispose();

    private static string? KeyOf(string token)
    {
        try
        {
            return new JsonWebToken(token).Kid;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private async Task<OpenIdConnectConfiguration?> CurrentAsync(Func<OpenIdConnectConfiguration, TimeSpan, bool> isStale, CancellationToken cancel)
    {
        await _fetching.WaitAsync(cancel);
        try
        {
            if (_known is null ? _fetchedAt == 0 || time.GetElapsedTime(_fetchedAt) > Apart : isStale(_known, time.GetElapsedTime(_fetchedAt)))
                _known = await FetchAsync(cancel) ?? _known;
            return _known;
        }
        finally
        {
            _fetching.Release();
        }
    }

    private async Task<OpenIdConnectConfiguration?> FetchAsync(CancellationToken cancel)
    {
        _fetchedAt = time.GetTimestamp();
        try
        {
            return rule.Keys is { } keys
                ? await new PublishedKeys().GetConfigurationAsync(keys.AbsoluteUri, _documents, cancel)
                : await OpenIdConnectConfigurationRetriever.GetAsync($"{rule.Issuer!.TrimEnd('/')}/.well-known/openid-configuration", _documents, cancel);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or ArgumentException or InvalidOperationException && !cancel.IsCancellationRequested)
        {
            Log.NotFetched(logger, failure.Message.ReplaceLineEndings(" "));
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The keys of the issuer of host tokens could not be fetched: {Reason}")]
        public static partial void NotFetched(ILogger logger, string reason);
    }
}
