namespace ChatKit.ServiceDefaults.Contract;

/// <summary>Who is let in. What cannot be meant is told by <see cref="AccessProblems"/>.</summary>
internal static class AccessChecks
{
    public const string AnonymousVariable = "CHATKIT_ANONYMOUS";
    public const string AnonymousProblem = $"is none of {AtThisMachine}, {Anyone} and {Nobody}";

    private const string AtThisMachine = "loopback";
    private const string Anyone = "anyone";
    private const string Nobody = "none";

    public static Finding AdminEmail(VariableReading email) =>
        email.Ok(email.Value is null ? "not set: no administrator is created, and people at this machine need no account" : "set: people sign in");

    public static Finding AdminPassword(VariableReading password) => password.Ok(password.Value is null ? "not set: no administrator is created" : "set");

    public static Finding Secret(VariableReading secret) => secret.Ok(secret.Value is null ? "not set" : "set: tokens that a host application signs with it are taken");

    public static Finding Issuer(VariableReading issuer) => issuer.Value switch
    {
        null when issuer.Of(AccessProblems.Keys) is not null => issuer.Warn($"not set: {AccessProblems.Keys} may sign for several issuers"),
        null => issuer.Ok("not set"),
        _ => issuer.Ok("set: only its tokens are taken"),
    };

    public static Finding Audience(VariableReading audience) => audience.Value switch
    {
        null when audience.Of(AccessProblems.Secret) is not null => audience.Ok($"not set: every token that {AccessProblems.Secret} signs is taken"),
        null => audience.Ok("not set"),
        _ => audience.Ok("set: only tokens for it are taken"),
    };

    public static Finding Keys(VariableReading keys) => keys.Value switch
    {
        null when keys.Of(AccessProblems.Issuer) is not null && keys.Of(AccessProblems.Secret) is null => keys.Ok("not set: the issuer says where its keys are"),
        null => keys.Ok("not set"),
        _ => keys.Ok("set"),
    };

    public static Finding Anonymous(VariableReading choice) => choice.Value switch
    {
        null when SignsIn(choice) => choice.Ok("not set: everyone signs in"),
        null => choice.Ok("not set: people at this machine need no account"),
        AtThisMachine => choice.Ok("people at this machine need no account"),
        Nobody => choice.Ok("everyone signs in"),
        Anyone => choice.Warn("whoever reaches the backend is let in: a proxy before it must decide who may"),
        _ => choice.Invalid(AnonymousProblem),
    };

    /// <summary>Whether a value of <c>CHATKIT_ANONYMOUS</c> is known.</summary>
    public static bool IsAnonymous(string value) => value is AtThisMachine or Anyone or Nobody;

    private static bool SignsIn(VariableReading reading) =>
        (reading.Of(AccessProblems.AdminEmail) ?? reading.Of(AccessProblems.Secret) ?? reading.Of(AccessProblems.Issuer) ?? reading.Of(AccessProblems.Keys)) is not null;
}
