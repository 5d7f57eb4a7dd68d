namespace ChatKit.ServiceDefaults.Contract;

/// <summary>What the audit says of one variable.</summary>
public enum FindingStatus
{
    /// <summary>Set and plausible, or not set and not needed.</summary>
    Ok,

    /// <summary>It works, but probably not as meant.</summary>
    Warning,

    /// <summary>Something that needs it has it not.</summary>
    Missing,

    /// <summary>Set to something that cannot be used.</summary>
    Invalid,
}
