using Microsoft.AspNetCore.Identity;

namespace ChatKit.Data.Users;

/// <summary>A person who signs in with an e-mail address and a password. Written by the backend, and by <c>chatkit users</c>.</summary>
public sealed class AccountRow : IdentityUser
{
    /// <summary>How the page addresses them.</summary>
    public required string DisplayName { get; set; }

    /// <summary>May manage the accounts of others.</summary>
    public required bool IsAdministrator { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>UTC; since when they are not let in. Null: they are.</summary>
    public DateTime? DisabledAt { get; set; }
}
