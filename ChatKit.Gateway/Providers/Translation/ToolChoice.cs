using System.Text.Json;
using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Providers.Translation;

/// <summary>
/// <c>tool_choice</c>, which is a word or an object (https://platform.openai.com/docs/api-reference/chat/create). <see cref="Tool"/> is set for one
/// function that must be called.
/// </summary>
internal sealed record ToolChoice(ToolMode Mode, string? Tool = null)
{
    /// <summary>Reads the member; null where it is not given.</summary>
    public static GatewayError? Read(JsonElement? member, out ToolChoice? choice)
    {
        choice = null;
        switch (member)
        {
            case null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined }:
                return null;
            case { ValueKind: JsonValueKind.String } word:
                choice = word.GetString() switch
                {
                    "auto" => new ToolChoice(ToolMode.Auto),
                    "none" => new ToolChoice(ToolMode.None),
                    "required" => new ToolChoice(ToolMode.Required),
                    _ => null,
                };
                break;
            case { ValueKind: JsonValueKind.Object } named:
                if (Text(named, "type") is "function" && named.TryGetProperty("function", out var function) && Text(function, "name") is { Length: > 0 } name)
                    choice = new ToolChoice(ToolMode.Required, name);
                break;
        }

        return choice is null ? ChatRefusals.UnsupportedValue("tool_choice", "'tool_choice' is 'auto', 'none', 'required', or an object that names one function.") : null;
    }

    private static string? Text(JsonElement element, string member) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Whether the model calls tools.</summary>
internal enum ToolMode
{
    Auto,
    None,
    Required,
}
