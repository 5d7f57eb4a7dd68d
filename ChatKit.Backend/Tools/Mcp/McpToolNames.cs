using System.Security.Cryptography;
using System.Text;

namespace ChatKit.Backend.Tools.Mcp;

/// <summary>Names as models take them (64 letters, digits, <c>_</c> and <c>-</c>), each a server's and its tool's: <c>github__create_issue</c>.</summary>
internal static class McpToolNames
{
    private const int Longest = 64;

    public static string Of(string server, string tool)
    {
        var clean = string.Concat(tool.Select(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' ? character : '_'));
        var name = $"{server}__{clean}";
        if (clean == tool && name.Length <= Longest)
            return name;
        // What had to be changed could now be another tool's name.
        var mark = $"_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tool)).AsSpan(0, 4))}";
        return name[..Math.Min(name.Length, Longest - mark.Length)] + mark;
    }
}
