using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

/// <summary>
/// Something to see and to use in the conversation, described as a tree of components. The tree is the client's to understand: it is kept as it came, and only
/// its root is looked at.
/// </summary>
public sealed record WidgetItem : ThreadItem
{
    public required Widget Widget { get; init; }

    /// <summary>What “copy” takes in place of the picture.</summary>
    public string? CopyText { get; init; }
}

/// <summary>A whole widget. Its root is a <c>Card</c>, a <c>ListView</c> or a <c>Basic</c>.</summary>
[JsonConverter(typeof(WidgetConverter))]
public sealed record Widget
{
    /// <summary><see cref="ArgumentException"/> where it is no object with a known root.</summary>
    public Widget(JsonElement root) =>
        Root = IsRoot(root) ? root : throw new ArgumentException("A widget is an object whose `type` is Card, ListView or Basic.", nameof(root));

    public JsonElement Root { get; }

    /// <summary>A widget written as JSON; <see cref="JsonException"/> where it is none, <see cref="ArgumentException"/> where its root is not known.</summary>
    public static Widget Parse([StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        using var document = JsonDocument.Parse(json);
        return new Widget(document.RootElement.Clone());
    }

    public static bool IsRoot(JsonElement root) =>
        root.ValueKind is JsonValueKind.Object && root.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String
        && type.GetString() is "Card" or "ListView" or "Basic";
}

/// <summary>One component of a widget, its children with it.</summary>
[JsonConverter(typeof(WidgetComponentConverter))]
public sealed record WidgetComponent(JsonElement Root);

internal sealed class WidgetConverter : JsonConverter<Widget>
{
    public override Widget Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var root = JsonElement.ParseValue(ref reader);
        return Widget.IsRoot(root) ? new Widget(root) : throw new JsonException("not a widget");
    }

    public override void Write(Utf8JsonWriter writer, Widget value, JsonSerializerOptions options) => WidgetJson.Write(writer, value.Root);
}

internal sealed class WidgetComponentConverter : JsonConverter<WidgetComponent>
{
    public override WidgetComponent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, WidgetComponent value, JsonSerializerOptions options) => WidgetJson.Write(writer, value.Root);
}

/// <summary>Widgets leave without their nulls, however deep; a null in the place of <c>children</c> says that there are none, and stays.</summary>
internal static class WidgetJson
{
    public static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    if (member.Value.ValueKind is JsonValueKind.Null && !member.NameEquals("children"u8))
                        continue;
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var entry in element.EnumerateArray())
                    Write(writer, entry);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
