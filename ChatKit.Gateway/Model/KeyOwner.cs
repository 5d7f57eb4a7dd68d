namespace ChatKit.Gateway.Model;

/// <summary>Whose things are whose: what a call keeps belongs to the user, whichever of their keys they use, and to the key itself where it has no user.</summary>
internal static class KeyOwner
{
    public static string Of(string? userId, string token) => userId is null ? $"key:{token}" : $"user:{userId}";
}
