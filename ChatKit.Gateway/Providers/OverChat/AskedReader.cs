using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.OverChat;

/// <summary>Reads a client's JSON into the typed members of its API.</summary>
internal static class AskedReader
{
    /// <summary>An error names the member that is not of its type.</summary>
    public static GatewayError? Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type, out T? asked)
        where T : class
    {
        asked = null;
        try
        {
            asked = JsonUnicode.Read(body, type);
            return asked is null ? ChatRefusals.Invalid("request_body", "The request body is not a JSON object.") : null;
        }
        catch (JsonException notThat)
        {
            var path = notThat.Path?.TrimStart('$').TrimStart('.') ?? "";
            return path.Length == 0
                ? ChatRefusals.Invalid("request_body", "The request body is not a request of this API.")
                : ChatRefusals.Invalid(path, $"Invalid type for '{path}'.");
        }
    }
}
