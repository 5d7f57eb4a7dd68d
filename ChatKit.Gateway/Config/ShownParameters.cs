using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// <c>litellm_params</c> as <c>/model/info</c> shows them: as they stand in the file, references to variables unresolved, credentials masked. A name that looks
/// like a credential's is one, and so is every header: rather too much is hidden than too little.
/// </summary>
internal static class ShownParameters
{
    public static ReadOnlyMemory<byte> Of(ConfigMap parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(parameters, writer, hides: false);
        return buffer.WrittenMemory;
    }

    private static void Write(ConfigNode node, Utf8JsonWriter writer, bool hides)
    {
        switch (node)
        {
            case ConfigMap map:
                writer.WriteStartObject();
                foreach (var member in map.Members)
                {
                    writer.WritePropertyName(member.Key);
                    Write(member.Value, writer, hides || SecretNames.IsSecret(member.Key));
                }

                writer.WriteEndObject();
                break;
            case ConfigList list:
                writer.WriteStartArray();
                foreach (var item in list.Items) Write(item, writer, hides);
                writer.WriteEndArray();
                break;
            case ConfigScalar scalar when ConfigSection.VariableOf(scalar.Text) is not null:
                writer.WriteStringValue(scalar.Text);
                break;
            case ConfigScalar scalar when hides:
                writer.WriteStringValue(new Secret(scalar.Text).ToString());
                break;
            case ConfigScalar scalar:
                ConfigJson.WriteValue(scalar.Text.Contains("://", StringComparison.Ordinal) ? scalar with { Text = SecretNames.Address(scalar.Text) } : scalar, writer);
                break;
        }
    }
}
