using System.Text.Json;

namespace ChatKit.Gateway.Wire.LiteLlm.Directory;

/// <summary>
/// A person or program that the gateway knows (https://docs.litellm.ai/docs/proxy/users):
/// <code>{"user_id":"ada","user_email":"ada@example.com","user_role":"internal_user","teams":["core"],"models":[],"max_budget":null,"spend":0,…}</code>
/// </summary>
internal record UserWire(string UserId) : AllowanceWire
{
    public string? UserEmail { get; init; }

    public string? UserAlias { get; init; }

    public required string UserRole { get; init; }

    public IReadOnlyList<string> Teams { get; init; } = [];

    public IReadOnlyList<string> Models { get; init; } = [];

    public JsonElement Metadata { get; init; }

    public bool Blocked { get; init; }

    /// <summary>In the period that runs.</summary>
    public decimal Spend { get; init; }
}

/// <summary>The answer of <c>/user/new</c>: with the key that was made along, which is told this once.</summary>
internal sealed record NewUserWire(string UserId) : UserWire(UserId)
{
    public string? Key { get; init; }

    public string? KeyName { get; init; }

    public string? KeyAlias { get; init; }

    public string? Token { get; init; }

    public DateTime? Expires { get; init; }
}

/// <summary>One of <c>/user/list</c>.</summary>
internal sealed record ListedUserWire(string UserId) : UserWire(UserId)
{
    public int KeyCount { get; init; }
}

internal sealed record UserPageWire(IReadOnlyList<ListedUserWire> Users, int Total, int Page, int PageSize, int TotalPages);

/// <summary>The answer of <c>/user/info</c>.</summary>
internal sealed record UserInfoWire(string? UserId, UserWire? UserInfo, IReadOnlyList<KeySummaryWire> Keys, IReadOnlyList<TeamWire> Teams);

/// <summary>The answer of <c>/user/update</c>.</summary>
internal sealed record UserUpdateWire(string UserId, UserWire Data);

/// <summary>A key as it shows beside its team or user; the hash names it, and tells nobody the key.</summary>
internal sealed record KeySummaryWire(string Token, string KeyName)
{
    public string? KeyAlias { get; init; }

    public string? UserId { get; init; }

    public string? TeamId { get; init; }

    public IReadOnlyList<string> Models { get; init; } = [];

    public decimal? MaxBudget { get; init; }

    public decimal Spend { get; init; }

    public DateTime? Expires { get; init; }

    public bool Blocked { get; init; }

    public DateTime CreatedAt { get; init; }
}
