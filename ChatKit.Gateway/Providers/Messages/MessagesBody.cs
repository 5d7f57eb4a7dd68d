using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Messages;

/// <summary>
/// The client's Messages request on its way to Claude: the model's name replaced, LiteLLM's own fields taken out, the deployment's defaults added. Every byte
/// that none of this touches goes on as it came.
/// </summary>
internal readonly ref struct MessagesBody(ModelCall call, ICollection<string> losses)
{
    /// <summary>The members that a deployment may have defaults for; its other defaults are chat's words.</summary>
    private static readonly FrozenSet<string> Own = FrozenSet.Create(
        StringComparer.Ordinal,
        "cache_control", "container", "context_management", "inference_geo", "max_tokens", "mcp_servers", "metadata", "output_config", "service_tier", "speed",
        "stop_sequences", "system", "temperature", "thinking", "tool_choice", "tools", "top_k", "top_p");

    private readonly ReadOnlySpan<byte> _source = call.Body.Span;

    /// <summary>As Anthropic has it.</summary>
    public void Write(IBufferWriter<byte> output) => Write(output, namesModel: true, []);

    /// <summary>
    /// As the clouds have it, where the address says which model and whether to stream (https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/use-claude,
    /// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html).
    /// </summary>
    /// <param name="output">The body is written here.</param>
    /// <param name="added">Members that stand in the body there and in headers here, e.g. <c>anthropic_version</c>: raw JSON by name.</param>
    public void WriteWithoutModel(IBufferWriter<byte> output, params ReadOnlySpan<(string Name, byte[] Value)> added) => Write(output, namesModel: false, added);

    private void Write(IBufferWriter<byte> output, bool namesModel, ReadOnlySpan<(string Name, byte[] Value)> added)
    {
        var splice = new JsonSplice(_source, call.Envelope.ObjectStart, output);
        var hasModel = false;
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        foreach (var member in call.Envelope.Members)
        {
            var name = member.Name(_source, memory);
            if (GatewayFields.Contains(name))
            {
                if (!GatewayFields.IsObeyed(name)) losses.Add(name.ToString());
                splice.Drop(member);
            }
            else if (name is "model" && namesModel)
            {
                splice.ReplaceValue(member, ModelStamp.Quoted(call.UpstreamModel));
                hasModel = true;
            }
            else if (!namesModel && (name is "model" || (name is "stream" && member.Kind is JsonTokenType.True or JsonTokenType.False)))
            {
                splice.Drop(member);
            }
            else
            {
                splice.Keep(member);
            }
        }

        if (namesModel && !hasModel) splice.Append("model", ModelStamp.Quoted(call.UpstreamModel));
        foreach (var (name, value) in added) splice.Append(name, value);
        DefaultMembers.Add(ref splice, call, Own, losses);
        splice.Finish();
    }
}
