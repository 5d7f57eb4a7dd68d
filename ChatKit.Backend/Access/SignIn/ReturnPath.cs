namespace ChatKit.Backend.Access.SignIn;

/// <summary>Where somebody goes after signing in: to a path of ours, whatever a link to the page says.</summary>
internal static class ReturnPath
{
    public static string Of(string? asked) => asked is ['/', ..] && !IsElsewhere(asked) && !asked.Any(char.IsControl) && asked.All(char.IsAscii) ? asked : "/";

    /// <summary>Browsers take <c>//host</c>, and with either stroke, for an address.</summary>
    private static bool IsElsewhere(string path) => path.Length > 1 && path[1] is '/' or '\\' || path.Contains('\\', StringComparison.Ordinal);
}
