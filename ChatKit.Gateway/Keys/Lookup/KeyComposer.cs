using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>Makes one caller of the rows that say who a key's holder is: whatever calls need to know is read out of them once.</summary>
internal static class KeyComposer
{
    /// <summary>https://docs.litellm.ai/docs/proxy/virtual_keys, for tests of clients.</summary>
    private const string MayMock = "allow_client_mock_response";

    public static KnownKey Compose(KeyRows rows)
    {
        var (key, user, team) = (rows.Key, rows.User, rows.Team);
        var caller = new Caller(KeyOwner.Of(key.UserId, key.Token), RoleOf(user?.Role))
        {
            KeyHash = key.Token,
            KeyAlias = key.Alias,
            UserId = key.UserId,
            UserEmail = user?.Email,
            TeamId = key.TeamId,
            TeamAlias = team?.Alias,
            IsTeamAdmin = rows.Member?.Role is "admin",
            OrganizationId = key.OrganizationId ?? team?.OrganizationId,
            Models = ModelList.Of(key.Models),
            TeamModels = ModelList.Of(team?.Models ?? []),
            UserModels = ModelList.Of(user?.Models ?? []),
            Aliases = StoredJson.Texts(team?.ModelAliases, key.Aliases),
            AllowedRoutes = RouteList.Of(key.AllowedRoutes),
            // LiteLLM's clients put both into the metadata as well.
            Tags = Union(key.Tags, team?.Tags, StoredJson.List(key.Metadata, "tags"), StoredJson.List(team?.Metadata, "tags")),
            Guardrails = Union(key.Guardrails, team?.Guardrails, StoredJson.List(key.Metadata, "guardrails"), StoredJson.List(team?.Metadata, "guardrails")),
            MayMock = StoredJson.IsTrue(key.Metadata, MayMock),
            Metadata = key.Metadata is null ? default : Encoding.UTF8.GetBytes(key.Metadata),
            ModelAccounts = KeyAccounts.OfModels(key, rows.Budget),
            Accounts = KeyAccounts.Of(rows),
            UserBudgets = user is null ? [] : Allowance.Budgets(user),
        };
        var expiresAt = Earlier(rows.Key.ExpiresAt, rows.Retired?.ExpiresAt);
        return new KnownKey(caller, expiresAt is { } end ? new DateTimeOffset(end) : DateTimeOffset.MaxValue, Refusal(rows)) { IsRetired = rows.Retired is not null };
    }

    /// <summary>A key without a user has nothing to manage.</summary>
    private static Role RoleOf(string? role) => role switch
    {
        "proxy_admin" => Role.ProxyAdmin,
        "proxy_admin_viewer" => Role.ProxyAdminViewer,
        "internal_user" => Role.InternalUser,
        _ => Role.InternalUserViewer,
    };

    private static GatewayError? Refusal(KeyRows rows) =>
        rows.Key.Blocked ? KeyErrors.KeyBlocked
        : rows.User is { Blocked: true } ? KeyErrors.UserBlocked(rows.User.Id)
        : rows.Team is { Blocked: true } ? KeyErrors.TeamBlocked(rows.Team.Id)
        : null;

    private static DateTime? Earlier(DateTime? one, DateTime? other) => one is null || other < one ? other ?? one : one;

    private static List<string> Union(params IEnumerable<IEnumerable<string>?> lists) => [.. lists.SelectMany(static list => list ?? []).Distinct(StringComparer.Ordinal)];
}
