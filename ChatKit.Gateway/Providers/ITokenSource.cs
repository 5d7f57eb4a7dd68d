namespace ChatKit.Gateway.Providers;

/// <summary>Bearer tokens that run out and are fetched anew: Entra, Google Cloud. The answer is kept and shared by all calls while it holds.</summary>
internal interface ITokenSource
{
    /// <summary>A token that holds for the next minute at least. <see cref="CredentialException"/> where none can be had.</summary>
    ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);
}

/// <summary>No token for a provider; the message is for the caller to read and holds no secret.</summary>
internal sealed class CredentialException(string message, Exception? cause = null) : Exception(message, cause);
