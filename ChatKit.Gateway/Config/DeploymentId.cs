using System.Security.Cryptography;
using System.Text;
using ChatKit.Gateway.Config.Yaml;

namespace ChatKit.Gateway.Config;

/// <summary>
/// The id of a deployment that has no <c>model_info.id</c>: a hash of its parameters as written, so that it stays the same over restarts, hosts
/// and rotated keys (a key by reference is hashed by its name).
/// </summary>
internal static class DeploymentId
{
    public static string Of(string group, ConfigMap parameters)
    {
        var text = new StringBuilder(group);
        Append(parameters, text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Append(ConfigNode node, StringBuilder text)
    {
        switch (node)
        {
            case ConfigMap map:
                text.Append('{');
                foreach (var member in map.Members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    text.Append(member.Key.Length).Append(':').Append(member.Key);
                    Append(member.Value, text);
                }

                text.Append('}');
                break;
            case ConfigList list:
                text.Append('[');
                foreach (var item in list.Items)
                    Append(item, text);
                text.Append(']');
                break;
            case ConfigScalar scalar:
                text.Append(scalar.Text.Length).Append(':').Append(scalar.Text);
                break;
        }
    }
}
