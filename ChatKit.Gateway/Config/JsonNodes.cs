using System.Text.Json;
using ChatKit.Gateway.Config.Yaml;

namespace ChatKit.Gateway.Config;

/// <summary>JSON as the nodes that binders read: a text is a quoted scalar, so that <c>"5"</c> stays text and <c>5</c> a number.</summary>
internal static class JsonNodes
{
    public static ConfigMap Map(string json, Origin origin)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind is JsonValueKind.Object ? (ConfigMap)Read(document.RootElement, origin) : new ConfigMap(origin, []);
    }

    private static ConfigNode Read(JsonElement element, Origin origin) => element.ValueKind switch
    {
        JsonValueKind.Object => new ConfigMap(origin, [.. element.EnumerateObject().Select(member => Member(member, origin.Member(member.Name, 0)))]),
        JsonValueKind.Array => new ConfigList(origin, [.. element.EnumerateArray().Select((item, index) => Read(item, origin.Item(index, 0)))]),
        JsonValueKind.String => new ConfigScalar(origin, element.GetString()!, IsQuoted: true),
        _ => new ConfigScalar(origin, element.GetRawText(), IsQuoted: false),
    };

    private static ConfigMember Member(JsonProperty member, Origin origin) => new(member.Name, origin, Read(member.Value, origin));
}
