using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Pipeline.Continuation;

/// <summary>Which answers may go on at another deployment when they break off: text, and nothing that has to come from one mind.</summary>
internal static class ContinuationPolicy
{
    /// <summary>True for a stream of a group that opted in, whose request allows a text to be put together from two.</summary>
    public static bool Applies(GatewayCall call, CallRoute route)
    {
        if (call.Snapshot.Settings.Continued is not { } groups || !call.Envelope.Stream || call.Operation != Operation.Chat) return false;
        return groups.Contains(route.Match.Group.Name) && call.Envelope.Members.All(member => Allows(member, call.Body.Span));
    }

    /// <summary>True where the failure is one that another deployment need not share.</summary>
    public static bool MayPass(GatewayError error) => error.Origin switch
    {
        ErrorOrigin.UpstreamTransport or ErrorOrigin.Timeout => true,
        ErrorOrigin.UpstreamStatus => error.Status is 408 or 409 or 429 or >= 500,
        _ => false,
    };

    private static bool Allows(in JsonMember member, ReadOnlySpan<byte> body)
    {
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        return member.Name(body, memory) switch
        {
            "n" => member.Value(body).SequenceEqual("1"u8) || member.Kind is JsonTokenType.Null,
            "logprobs" => member.Kind is JsonTokenType.False or JsonTokenType.Null,
            "response_format" => member.Kind is JsonTokenType.Null || IsText(member.Value(body)),
            "audio" => member.Kind is JsonTokenType.Null,
            _ => true,
        };
    }

    private static bool IsText(ReadOnlySpan<byte> format)
    {
        if (format[0] != '{') return false;
        var members = new List<JsonMember>();
        JsonMembers.Read(format, members);
        foreach (var member in members)
        {
            if (member.Is(format, "type"u8)) return member.HasValue(format, "text"u8);
        }

        return false;
    }
}
