using System.Buffers;
using System.Collections.Frozen;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Responses;

/// <summary>
/// The client's Responses request on its way: the model's name replaced, LiteLLM's own fields taken out, the deployment's defaults added. Where the gateway
/// keeps no answers, the provider shall not either: nobody could ever ask for them. Every other byte goes on as it came.
/// </summary>
internal readonly ref struct ResponsesBody(ModelCall call, ICollection<string> losses)
{
    /// <summary>The members that a deployment may have defaults for; its other defaults are chat's words.</summary>
    private static readonly FrozenSet<string> Own = FrozenSet.Create(
        StringComparer.Ordinal,
        "include", "instructions", "max_output_tokens", "max_tool_calls", "metadata", "parallel_tool_calls", "prompt_cache_key", "prompt_cache_retention", "reasoning",
        "safety_identifier", "service_tier", "temperature", "text", "tool_choice", "tools", "top_logprobs", "top_p", "truncation", "user");

    private readonly ReadOnlySpan<byte> _source = call.Body.Span;

    public void Write(IBufferWriter<byte> output)
    {
        var splice = new JsonSplice(_source, call.Envelope.ObjectStart, output);
        var keepsNothing = call.Response is { IsStored: false };
        bool hasModel = false, hasStore = false;
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        foreach (var member in call.Envelope.Members)
        {
            var name = member.Name(_source, memory);
            if (GatewayFields.Contains(name))
            {
                if (!GatewayFields.IsObeyed(name)) losses.Add(name.ToString());
                splice.Drop(member);
            }
            else if (name is "model")
            {
                splice.ReplaceValue(member, ModelStamp.Quoted(call.UpstreamModel));
                hasModel = true;
            }
            else if (name is "store" && keepsNothing)
            {
                splice.ReplaceValue(member, "false"u8);
                hasStore = true;
            }
            else
            {
                splice.Keep(member);
            }
        }

        if (!hasModel) splice.Append("model", ModelStamp.Quoted(call.UpstreamModel));
        if (keepsNothing && !hasStore) splice.Append("store", "false"u8);
        DefaultMembers.Add(ref splice, call, Own, losses);
        splice.Finish();
    }
}
