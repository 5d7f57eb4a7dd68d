namespace ChatKit.Gateway.Errors;

/// <summary>What came of something that may be refused: a value, or why there is none.</summary>
internal readonly record struct Outcome<T>(T? Value, GatewayError? Error)
    where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(GatewayError error) => new(null, error);
}
