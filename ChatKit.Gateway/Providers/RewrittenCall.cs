using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers;

/// <summary>A call whose body a step on the way has written anew.</summary>
internal static class RewrittenCall
{
    /// <summary>The call with another body; what the spine read of the client's own stays. The memory has to live as long as the call.</summary>
    public static ModelCall WithBody(this ModelCall call, ReadOnlyMemory<byte> body)
    {
        var members = new List<JsonMember>(call.Envelope.Members.Count);
        JsonMembers.Read(body.Span, members);
        return call with { Body = body, Envelope = call.Envelope with { Members = members, ObjectStart = body.Span.IndexOf((byte)'{') } };
    }
}
