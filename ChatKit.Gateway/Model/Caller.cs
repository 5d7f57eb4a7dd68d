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
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>What the key's team may call; empty for everything.</summary>
    public IReadOnlyList<string> TeamModels { get; init; } = [];

    /// <summary>What the key's user may call; empty for everything. Counts only for a key without a team.</summary>
    public IReadOnlyList<string> UserModels { get; init; } = [];

    /// <summary>What the holder calls a model, and what it is: the key's aliases over the team's.</summary>
    public FrozenDictionary<string, string> Aliases { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Which routes the key may use; empty for all that its role may.</summary>
    public IReadOnlyList<string> AllowedRoutes { get; init; } = [];

    /// <summary>Tags that each of its calls has, the team's included.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Guardrails that each of its calls goes through, the team's included.</summary>
    public IReadOnlyList<string> Guardrails { get; init; } = [];

    /// <summary>True where the client may order a <c>mock_response</c>.</summary>
    public bool MayMock { get; init; }

    /// <summary>The key's metadata: a JSON object, or empty.</summary>
    public ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>Who pays and is counted besides what a call itself names: key, team, member, user.</summary>
    public IReadOnlyList<Account> Accounts { get; init; } = [];
}
