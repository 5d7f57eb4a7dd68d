namespace ChatKit.Gateway.Model;

/// <summary>
/// Who may make which keys, and what each must say: <c>key_generation_settings</c> (https://docs.litellm.ai/docs/proxy/virtual_keys#restricting-key-generation).
/// </summary>
internal sealed record KeyGenerationSettings
{
    public static KeyGenerationSettings None { get; } = new();

    /// <summary>Roles in a team, <c>admin</c> and <c>user</c>, that make keys of the team; null: admins.</summary>
    public IReadOnlyList<string>? TeamRoles { get; init; }

    /// <summary>Members that the request for a team's key must have.</summary>
    public IReadOnlyList<string> RequiredForTeams { get; init; } = [];

    /// <summary>Roles of users that make keys without a team; null: all that may change anything.</summary>
    public IReadOnlyList<string>? UserRoles { get; init; }

    /// <summary>Members that the request for such a key must have.</summary>
    public IReadOnlyList<string> RequiredForUsers { get; init; } = [];
}
