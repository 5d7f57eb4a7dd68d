using System.Text.Json;

namespace ChatKit.Backend.Agent;

/// <summary>The arguments of a call as a model wrote them: mostly JSON, sometimes nothing at all, now and then broken.</summary>
internal static class ToolArguments
{
    /// <summary>Null where they are no object. Nothing at all is an empty one.</summary>
    public static JsonElement? Read(string written)
    {
        try
        {
            using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(written) ? "{}" : written);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As a request may have them: providers refuse a conversation whose calls are not JSON.</summary>
    public static BinaryData ToSend(string written) => BinaryData.FromString(Read(written) is { } read ? read.GetRawText() : "{}");
}
