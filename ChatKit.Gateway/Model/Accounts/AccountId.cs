namespace ChatKit.Gateway.Model.Accounts;

/// <summary>The name of an account, the same on every replica, in Redis and in the database.</summary>
internal readonly record struct AccountId(AccountKind Kind, string Id)
{
    public static AccountId Global { get; } = new(AccountKind.Global, "");

    public override string ToString() => $"{Kind}:{Id}";
}
