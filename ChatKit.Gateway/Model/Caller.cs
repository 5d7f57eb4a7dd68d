using System.Collections.Frozen;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Model;

/// <summary>
/// Who makes a call, once authenticated: the holder of the master key, somebody on this machine, or a virtual key with the user and the team behind it.
/// Immutable, and shared by all calls of a key.
/// </summary>
/// <param name="Name">Whose things are whose: what a call keeps belongs to this name.</param>
/// <param name="Role">What they may do besides calling models.</param>
internal sealed record Caller(string Name, Role Role)
{
    /// <summary>The holder of the master key.</summary>
    public static Caller Master { get; } = new("master", Role.ProxyAdmin);

    /// <summary>Anybody on this machine, while no master key is configured.</summary>
    public static Caller Loopback { get; } = new("loopback", Role.ProxyAdmin);

    /// <summary>Anybody, on a route that the configuration opens to everybody.</summary>
    public static Caller Public { get; } = new("public", Role.InternalUserViewer);

    /// <summary>Somebody with what looks like a key, let in because nobody can check it (<c>allow_requests_on_db_unavailable</c>).</summary>
    public static Caller Unchecked { get; } = new("unchecked", Role.InternalUserViewer);

    public bool IsAdministrator => Role is Role.ProxyAdmin;

    /// <summary>The hash of the virtual key; null for the two above.</summary>
    public string? KeyHash { get; init; }

    public string? KeyAlias { get; init; }

    public string? UserId { get; init; }

    public string? UserEmail { get; init; }

    public string? TeamId { get; init; }

    public string? TeamAlias { get; init; }

    /// <summary>True for one who manages <see cref="TeamId"/>.</summary>
    public bool IsTeamAdmin { get; init; }

    public string? OrganizationId { get; init; }

    /// <summary>What the key may call: names, access groups, patterns, <c>all-team-models</c> …; empty for everything.</summary>
    public ModelList Models { get; init; } = ModelList.Everything;

    /// <summary>What the key's team may call; empty for everything.</summary>
    public ModelList TeamModels { get; init; } = ModelList.Everything;

    /// <summary>What the key's user may call; empty for everything. Counts only for a key without a team.</summary>
    public ModelList UserModels { get; init; } = ModelList.Everything;

    /// <summary>What the holder calls a model, and what it is: the key's aliases over the team's.</summary>
    public FrozenDictionary<string, string> Aliases { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Which routes the key may use; null for all that its role may.</summary>
    public RouteList? AllowedRoutes { get; init; }

    /// <summary>Tags that each of its calls has, the team's included.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Guardrails that each of its calls goes through, the team's included.</summary>
    public IReadOnlyList<string> Guardrails { get; init; } = [];

    /// <summary>True where the client may order a <c>mock_response</c>.</summary>
    public bool MayMock { get; init; }

    /// <summary>The key's metadata: a JSON object, or empty.</summary>
    public ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>What the key's use of single models is limited to, by the name that the client calls them.</summary>
    public FrozenDictionary<string, Account> ModelAccounts { get; init; } = FrozenDictionary<string, Account>.Empty;

    /// <summary>What the user may spend. Of a key with a team it counts only where the configuration says so, and is not among <see cref="Accounts"/>.</summary>
    public IReadOnlyList<Budget> UserBudgets { get; init; } = [];

    /// <summary>Who pays and is counted besides what a call itself names: key, team, member, user.</summary>
    public IReadOnlyList<Account> Accounts { get; init; } = [];

    /// <summary>Who of <c>key</c>, <c>team</c> and <c>user</c> keeps the caller from a model; null where they may call it.</summary>
    /// <param name="snapshot">What the gateway has.</param>
    /// <param name="name">What the client calls it.</param>
    /// <param name="match">What that means.</param>
    public string? DeniedBy(GatewaySnapshot snapshot, string name, ModelMatch match)
    {
        if (Models.IsEverything && TeamModels.IsEverything && UserModels.IsEverything) return null;
        if (!Models.IsTheTeams && !Includes(Models)) return "key";
        if (TeamId is null) return Includes(UserModels) ? null : "user";
        return Includes(TeamModels) ? null : "team";

        bool Includes(ModelList list) => list.Includes(snapshot, name, match) || (Aliases.TryGetValue(name, out var target) && list.Includes(snapshot, target, match));
    }
}
