using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>The members of a user as requests name them.</summary>
internal static class UserFields
{
    private const int LongestEmail = 320;

    /// <summary>What people change about themselves; the rest is for proxy admins.</summary>
    private static readonly string[] Own = ["user_id", "user_email", "user_alias"];

    /// <summary>Takes over what the request says; what it leaves out stays.</summary>
    public static void Apply(RequestFields fields, UserRow user)
    {
        if (fields.Has("user_email")) user.Email = Email(fields);
        if (fields.Has("user_alias")) user.Alias = fields.Text("user_alias");
        user.Role = fields.OneOf("user_role", UserRoles.All) ?? user.Role;
        if (fields.Has("models")) user.Models = [.. fields.Texts("models") ?? []];
        if (fields.Has("metadata")) user.Metadata = fields.Json("metadata");
        if (fields.Has("blocked")) user.Blocked = fields.Flag("blocked") ?? false;
        Allowances.Apply(fields, user);
    }

    /// <summary>An address, without the blanks that come with copying one.</summary>
    public static string? Email(RequestFields fields) =>
        fields.Text("user_email")?.Trim() is not { } email ? null : email.Length <= LongestEmail ? email : fields.Wrong<string>("user_email", "must be of at most 320 characters");

    /// <summary>The first member in the request that people may not change about themselves; null where there is none.</summary>
    public static string? Beyond(RequestFields fields) => fields.Names.FirstOrDefault(static name => !Own.Contains(name));
}
