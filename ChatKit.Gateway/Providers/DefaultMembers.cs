using System.Collections.Frozen;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// The defaults of a deployment (any parameter in <c>litellm_params</c>) for a body of another API than chat completions: those that the API knows are added
/// where the client set none, and the others are lost, by name.
/// </summary>
internal static class DefaultMembers
{
    public static void Add(ref JsonSplice splice, ModelCall call, FrozenSet<string> known, ICollection<string> losses)
    {
        foreach (var (name, value) in call.Deployment.DefaultParameters)
        {
            if (!known.Contains(name)) losses.Add(name);
            else if (!IsGiven(call, name)) splice.Append(name, value.Span);
        }
    }

    private static bool IsGiven(ModelCall call, string name)
    {
        var source = call.Body.Span;
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        foreach (var member in call.Envelope.Members)
        {
            if (member.Name(source, memory).SequenceEqual(name)) return true;
        }

        return false;
    }
}
