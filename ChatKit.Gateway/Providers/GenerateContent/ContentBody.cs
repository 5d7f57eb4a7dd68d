using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.GenerateContent;

/// <summary>
/// The client's generateContent request on its way to Gemini: the model, which the address names, and LiteLLM's own fields taken out, the deployment's defaults
/// added. Every byte that none of this touches goes on as it came.
/// </summary>
internal readonly ref struct ContentBody(ModelCall call, ICollection<string> losses)
{
    private const string Config = "generationConfig";

    private readonly ReadOnlySpan<byte> _source = call.Body.Span;

    public void Write(IBufferWriter<byte> output)
    {
        var splice = new JsonSplice(_source, call.Envelope.ObjectStart, output);
        var (atTop, inConfig) = Defaults();
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        foreach (var member in call.Envelope.Members)
        {
            var name = member.Name(_source, memory);
            var camel = GeminiOwn.Camel(name.ToString());
            atTop.RemoveAll(entry => entry.Name == camel);
            if (name is "model" || GatewayFields.Contains(name))
            {
                if (name is not "model" && !GatewayFields.IsObeyed(name)) losses.Add(name.ToString());
                splice.Drop(member);
            }
            else if (camel is Config && inConfig.Count > 0 && member.Kind is JsonTokenType.StartObject)
            {
                splice.ReplaceValue(member, Fill(member.Value(_source), inConfig));
                inConfig.Clear();
            }
            else
            {
                splice.Keep(member);
            }
        }

        foreach (var (name, value) in atTop) splice.Append(name, value.Span);
        if (inConfig.Count > 0) splice.Append(Config, Fill("{}"u8, inConfig));
        splice.Finish();
    }

    /// <summary>A deployment's defaults may be said in Gemini's words or in chat's.</summary>
    private (List<(string Name, ReadOnlyMemory<byte> Value)> AtTop, List<(string Name, ReadOnlyMemory<byte> Value)> InConfig) Defaults()
    {
        var (atTop, inConfig) = (new List<(string, ReadOnlyMemory<byte>)>(), new List<(string, ReadOnlyMemory<byte>)>());
        foreach (var (name, value) in call.Deployment.DefaultParameters)
        {
            if (GeminiOwn.NameInConfig(name) is { } own) inConfig.Add((own, value));
            else if (GeminiOwn.IsOfRequest(name)) atTop.Add((GeminiOwn.Camel(name), value));
            else losses.Add(name);
        }

        return (atTop, inConfig);
    }

    private static ReadOnlySpan<byte> Fill(ReadOnlySpan<byte> config, List<(string Name, ReadOnlyMemory<byte> Value)> defaults)
    {
        var members = new List<JsonMember>();
        JsonMembers.Read(config, members);
        var filled = new ArrayBufferWriter<byte>(config.Length + 128);
        var splice = new JsonSplice(config, 0, filled);
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        var given = new HashSet<string>();
        foreach (var member in members)
        {
            given.Add(GeminiOwn.Camel(member.Name(config, memory).ToString()));
            splice.Keep(member);
        }

        foreach (var (name, value) in defaults)
            if (given.Add(name))
                splice.Append(name, value.Span);
        splice.Finish();
        return filled.WrittenSpan;
    }
}
