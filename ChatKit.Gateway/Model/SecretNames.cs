namespace ChatKit.Gateway.Model;

/// <summary>Which members hold somebody's credential, by their names: rather too much is hidden than too little.</summary>
internal static class SecretNames
{
    private static readonly string[] Words = ["api_key", "apikey", "access_key", "private_key", "secret", "password", "credential", "authorization", "cookie"];

    /// <summary>A name that looks like a credential's is one, and so is every header. Tokens are counted and priced by names that say so; the others are somebody's.</summary>
    public static bool IsSecret(string name) =>
        name is "extra_headers" or "headers"
        || (name is not "litellm_credential_name" && Array.Exists(Words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
        || (name.EndsWith("token", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("per_token", StringComparison.OrdinalIgnoreCase) && !name.Contains("_cost", StringComparison.OrdinalIgnoreCase));

    /// <summary>Without a name and a password, and without a query that may hold a key.</summary>
    public static string Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "****";
}
