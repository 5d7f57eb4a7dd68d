using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Keys;
using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.LiteLlm.Keys;

namespace ChatKit.Gateway.Administration.Keys;

/// <summary>Turns rows of keys into answers, many at a time.</summary>
internal static class KeyReader
{
    public static async Task<List<KeyWire>> DescribeAsync(GatewayDbContext rows, IReadOnlyList<VirtualKeyRow> keys, DateTime now, CancellationToken cancellationToken)
    {
        var spent = await Spending.OfAsync(rows, AccountKind.Key, [.. keys.Select(static key => (key.Token, (AllowanceRow)key))], now, cancellationToken);
        return [.. keys.Select(key => Describe(key, now) with { Spend = spent.GetValueOrDefault(key.Token) })];
    }

    public static async Task<KeyWire> DescribeAsync(GatewayDbContext rows, VirtualKeyRow key, DateTime now, CancellationToken cancellationToken) =>
        (await DescribeAsync(rows, [key], now, cancellationToken))[0];

    /// <summary>As the audit log keeps it.</summary>
    public static string Text(KeyWire key) => DirectoryText.Of(key with { Key = null }, KeyJson.Default.KeyWire);

    private static KeyWire Describe(VirtualKeyRow key, DateTime now) => new KeyWire { KeyName = key.Name }.With(key, now) with
    {
        Token = key.Token,
        KeyAlias = key.Alias,
        UserId = key.UserId,
        TeamId = key.TeamId,
        OrganizationId = key.OrganizationId,
        BudgetId = key.BudgetId,
        Models = key.Models,
        Tags = key.Tags,
        Guardrails = key.Guardrails,
        AllowedRoutes = key.AllowedRoutes,
        Aliases = StoredObject.ReadOrEmpty(key.Aliases),
        Metadata = StoredObject.ReadOrEmpty(key.Metadata),
        Permissions = StoredObject.ReadOrEmpty(key.Permissions),
        ModelMaxBudget = StoredObject.ReadOrEmpty(key.ModelMaxBudget),
        ModelRpmLimit = StoredObject.Read(key.ModelRpmLimit),
        ModelTpmLimit = StoredObject.Read(key.ModelTpmLimit),
        BudgetLimits = StoredObject.Read(key.BudgetLimits),
        Blocked = key.Blocked,
        Expires = key.ExpiresAt,
        CreatedBy = key.CreatedBy,
        UpdatedBy = key.UpdatedBy,
    };
}
