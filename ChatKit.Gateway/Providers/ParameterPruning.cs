using System.Buffers;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// <c>additional_drop_params</c>: what the policy always drops leaves the client's body before any dialect sees it, so that it works for all of them alike.
/// </summary>
internal static class ParameterPruning
{
    /// <summary>The call as its provider may see it; the same one where nothing is to go.</summary>
    public static ModelCall Prune(ModelCall call, ICollection<string> losses)
    {
        if (call.Parameters.AlwaysDropped.Count == 0) return call;
        var pruning = new JsonPruning(call.Parameters.AlwaysDropped);
        var body = new ArrayBufferWriter<byte>(call.Body.Length);
        pruning.Write(call.Body.Span[call.Envelope.ObjectStart..], body);
        if (pruning.Removed.Count == 0) return call;

        foreach (var place in pruning.Removed) losses.Add(place);
        var members = new List<JsonMember>(call.Envelope.Members.Count);
        JsonMembers.Read(body.WrittenSpan, members);
        return call with { Body = body.WrittenMemory, Envelope = call.Envelope with { ObjectStart = 0, Members = members } };
    }
}
