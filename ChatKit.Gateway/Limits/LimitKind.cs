namespace ChatKit.Gateway.Limits;

/// <summary>Which limit of an account; the numbers are what the script answers.</summary>
internal enum LimitKind
{
    Requests = 1,

    Tokens = 2,

    Parallel = 3,
}
