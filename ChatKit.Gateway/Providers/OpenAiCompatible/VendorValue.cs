using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>Looks up what a vendor calls a string value.</summary>
internal static class VendorValue
{
    /// <summary>The vendor's word; null where the client's stands.</summary>
    public static string? Find(IReadOnlyList<ValueRename> renames, ReadOnlySpan<char> name, in JsonMember member, ReadOnlySpan<byte> source)
    {
        foreach (var rename in renames)
        {
            if (name.SequenceEqual(rename.Member) && member.HasValue(source, Encoding.UTF8.GetBytes(rename.From))) return rename.To;
        }

        return null;
    }
}
