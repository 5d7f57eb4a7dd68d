using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// Ids of tool calls for a vendor that takes only its own form of them (Mistral: "must be a-z, A-Z, 0-9, with a length of 9"). An id that another provider gave
/// becomes one of that form, always the same, so that a call and its answer stay together; the vendor's own pass, in both directions.
/// </summary>
internal static class ToolCallIds
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>An id of so many letters and digits for this one; null where it is one already.</summary>
    public static string? Fit(string id, int length)
    {
        if (id.Length == length && id.All(char.IsAsciiLetterOrDigit)) return null;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
        return string.Create(length, hash, static (fitting, bytes) =>
        {
            for (var i = 0; i < fitting.Length; i++) fitting[i] = Letters[bytes[i] % Letters.Length];
        });
    }

    /// <summary>The member <c>tool_calls</c> with ids of that form.</summary>
    public static void Write(ReadOnlySpan<byte> calls, int length, IBufferWriter<byte> output)
    {
        var elements = new List<JsonMember>();
        JsonMembers.ReadElements(calls, elements);
        var splice = new JsonSplice(calls, objectStart: 0, output);
        foreach (var element in elements)
        {
            if (element.Kind is not JsonTokenType.StartObject)
            {
                splice.Keep(element);
                continue;
            }

            var call = new ArrayBufferWriter<byte>();
            WriteCall(element.Value(calls), length, call);
            splice.ReplaceValue(element, call.WrittenSpan);
        }

        splice.Finish();
    }

    /// <summary>The id that a member holds, in that form; null where it needs no change.</summary>
    public static string? FitValue(in JsonMember member, ReadOnlySpan<byte> source, int length) =>
        member.Kind is JsonTokenType.String && JsonUnicode.IsText(member.Value(source)) ? Fit(JsonElement.Parse(member.Value(source)).GetString()!, length) : null;

    private static void WriteCall(ReadOnlySpan<byte> call, int length, IBufferWriter<byte> output)
    {
        var members = new List<JsonMember>();
        JsonMembers.Read(call, members);
        var splice = new JsonSplice(call, objectStart: 0, output);
        foreach (var member in members)
        {
            if (member.Is(call, "id"u8) && FitValue(member, call, length) is { } id) splice.ReplaceValue(member, JsonText.Quote(id));
            else splice.Keep(member);
        }

        splice.Finish();
    }
}
