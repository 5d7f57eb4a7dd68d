using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Forms;

namespace ChatKit.Gateway.Providers.Uploads;

/// <summary>
/// What one deployment makes of a form: the provider's name of the model in place of the client's and before all else, so that a provider that streams too knows
/// it at once; the gateway's own fields left out; the deployment's defaults at the end, where it is known what the client set.
/// </summary>
internal sealed class FormParts(string boundary, ModelCall call, ICollection<string> losses)
{
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    public static ReadOnlyMemory<byte> LineEnd { get; } = "\r\n"u8.ToArray();

    public byte[] Start { get; } = Encoding.UTF8.GetBytes(Field(boundary, FormUpload.Model, call.UpstreamModel));

    /// <summary>True for a part of the client's that the provider gets.</summary>
    public bool Goes(FormPartHead head)
    {
        if (head.Name is FormUpload.Model) return false;
        if (GatewayFields.Contains(head.Name) || call.Parameters.NeverSends(head.Name))
        {
            if (!losses.Contains(head.Name)) losses.Add(head.Name);
            return false;
        }

        _given.Add(head.Name);
        return true;
    }

    /// <summary>The boundary and the headers of a part, these as the client wrote them.</summary>
    public byte[] Opening(FormPartHead head) => [.. Encoding.Latin1.GetBytes($"--{boundary}\r\n"), .. head.Headers.Span, .. "\r\n\r\n"u8];

    /// <summary>The defaults, and the boundary that ends the form.</summary>
    public byte[] End()
    {
        var defaults =
            from parameter in call.Deployment.DefaultParameters
            where !_given.Contains(parameter.Key) && !call.Parameters.NeverSends(parameter.Key)
            select Field(boundary, parameter.Key, Text(JsonElement.Parse(parameter.Value.Span)));
        return Encoding.UTF8.GetBytes($"{string.Concat(defaults)}--{boundary}--\r\n");
    }

    private static string Field(string boundary, string name, string value) => $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    private static string Text(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
