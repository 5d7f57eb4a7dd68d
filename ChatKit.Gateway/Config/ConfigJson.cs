using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatKit.Gateway.Config.Yaml;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Turns YAML values that the gateway only passes on (request parameters, <c>model_info</c>) into JSON, with the types that PyYAML gives them:
/// <c>0.7</c> is a number, <c>"0.7"</c> is text, <c>yes</c> is true.
/// </summary>
internal static partial class ConfigJson
{
    public static ReadOnlyMemory<byte> Of(ConfigNode node, EnvironmentValues environment, ConfigReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(node, writer, environment, report);
        return buffer.WrittenMemory;
    }

    private static void Write(ConfigNode node, Utf8JsonWriter writer, EnvironmentValues environment, ConfigReport report)
    {
        switch (node)
        {
            case ConfigMap map:
                writer.WriteStartObject();
                foreach (var member in map.Members)
                {
                    writer.WritePropertyName(member.Key);
                    Write(member.Value, writer, environment, report);
                }

                writer.WriteEndObject();
                break;
            case ConfigList list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    Write(item, writer, environment, report);
                writer.WriteEndArray();
                break;
            case ConfigScalar scalar:
                WriteScalar(scalar, writer, environment, report);
                break;
        }
    }

    private static void WriteScalar(ConfigScalar scalar, Utf8JsonWriter writer, EnvironmentValues environment, ConfigReport report)
    {
        if (ConfigSection.VariableOf(scalar.Text) is { } variable)
        {
            if (environment[variable] is { } value)
            {
                writer.WriteStringValue(value);
                return;
            }

            report.MissingVariable(scalar.Origin, variable, "null is sent in its place");
            writer.WriteNullValue();
        }
        else
        {
            WriteValue(scalar, writer);
        }
    }

    /// <summary>A value that refers to no variable.</summary>
    public static void WriteValue(ConfigScalar scalar, Utf8JsonWriter writer)
    {
        if (scalar.IsNull)
            writer.WriteNullValue();
        else if (scalar.IsQuoted)
            writer.WriteStringValue(scalar.Text);
        else if (scalar.Text is "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON")
            writer.WriteBooleanValue(true);
        else if (scalar.Text is "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF")
            writer.WriteBooleanValue(false);
        else if (WholeNumber().IsMatch(scalar.Text) && long.TryParse(scalar.Text.Replace("_", ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            writer.WriteNumberValue(whole);
        else if (Fraction().IsMatch(scalar.Text) && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(scalar.Text);
    }

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9_]*)$")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Fraction();
}
