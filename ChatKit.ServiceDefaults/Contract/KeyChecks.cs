namespace ChatKit.ServiceDefaults.Contract;

/// <summary>Keys: of the providers, of the gateway, of its database.</summary>
internal static class KeyChecks
{
    public const string SharedKey = "LITELLM_API_KEY";
    public const string MasterKey = "LITELLM_MASTER_KEY";
    public const string SaltKey = "LITELLM_SALT_KEY";
    public const string StoreModels = "STORE_MODEL_IN_DB";

    private const string Prefix = "sk-";

    public static Finding Provider(VariableReading key) =>
        key.Value is null ? key.Missing($"not set: it is the {key.Variable.Purpose}") : SampleOr(key, "set");

    public static Finding OpenAi(VariableReading key)
    {
        if (key.Value is not { } value || SampleValues.Has(key.Variable, value))
            return Provider(key);
        var elsewhere = key.Of("OPENAI_API_BASE") ?? key.Of("OPENAI_BASE_URL") ?? key.Of("MODEL_API_BASE") ?? key.Of("CHATKIT_API_BASE");
        return value.StartsWith(Prefix, StringComparison.Ordinal) || elsewhere is not null
            ? key.Ok("set")
            : key.Warn($"does not begin with {Prefix}, as OpenAI's keys do");
    }

    /// <summary>The chat's key must be one that the gateway takes.</summary>
    public static Finding Shared(VariableReading key)
    {
        if (key.Value is not { } value)
            return key.Missing("not set: the chat needs it to call the gateway (`up` does without it)");
        if (key.Of(MasterKey) is { } master && master != value)
            return key.Warn($"differs from {MasterKey}: it must be a key that the gateway has issued");
        return key.Of(MasterKey) is null && !value.StartsWith(Prefix, StringComparison.Ordinal)
            ? key.Warn($"does not begin with {Prefix}: clients of LiteLLM expect keys that do")
            : SampleOr(key, "set");
    }

    public static Finding Master(VariableReading key) => (key.Value, key.Of(SharedKey)) switch
    {
        (null, null) => key.Warn("not set: the gateway asks for no key and serves this machine only"),
        (null, _) => key.Warn($"not set: {SharedKey} stands in for it, so the chat's key may do everything"),
        _ => SampleOr(key, "set"),
    };

    public static Finding StoreModelInDb(VariableReading choice) => choice.Value switch
    {
        null => choice.Ok("not set: models come from the file alone"),
        var value when bool.TryParse(value, out _) => choice.Ok("set"),
        _ => choice.Warn("is neither true nor false"),
    };

    /// <summary>Needed only where keys go into the database.</summary>
    public static Finding Salt(VariableReading salt)
    {
        var stores = bool.TryParse(salt.Of(StoreModels), out var store) && store;
        if (salt.Value is not null)
            return SampleOr(salt, "set");
        return stores
            ? salt.Missing($"not set: with {StoreModels}=true it encrypts the keys in the database, and can never be changed afterwards")
            : salt.Of(AccessProblems.AdminEmail) is not null
                ? salt.Warn("not set: the keys of people's sessions lie in the database as they are")
                : salt.Ok($"not set: needed with {StoreModels}=true");
    }

    private static Finding SampleOr(VariableReading key, string advice) => SampleValues.Has(key.Variable, key.Value!)
        ? key.Warn("is still the sample value: put a key of your own there")
        : key.Ok(advice);
}
