namespace ChatKit.Gateway.Model.Accounts;

/// <summary>What can have a budget or a limit, and what spend is summed up by.</summary>
internal enum AccountKind : byte
{
    /// <summary>Everybody together.</summary>
    Global,

    /// <summary>A virtual key; its id is the hash.</summary>
    Key,

    /// <summary>A key's use of one model: <c>hash/model</c>.</summary>
    KeyModel,

    User,

    Team,

    /// <summary>A user's share of a team's: <c>team/user</c>.</summary>
    TeamMember,

    Organization,

    /// <summary>For whom the caller calls: the request's <c>user</c>.</summary>
    Customer,

    Tag,

    /// <summary>A provider, whoever calls it.</summary>
    Provider,

    /// <summary>A deployment, whoever calls it.</summary>
    Deployment,
}
