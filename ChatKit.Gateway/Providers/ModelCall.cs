using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Uploads;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// A call on its way to one deployment. <paramref name="Body"/> is the client's JSON as it came (already checked to be one well-formed
/// object); <paramref name="UpstreamModel"/> the provider's model name with wildcards replaced; <paramref name="ClientModel"/> the name that the
/// answer is stamped with.
/// </summary>
internal sealed record ModelCall(CallEnvelope Envelope, ReadOnlyMemory<byte> Body, Deployment Deployment, string UpstreamModel, string ClientModel)
{
    /// <summary>The form that came in place of JSON; null for JSON. <see cref="Body"/> is an empty object then.</summary>
    public FormUpload? Upload { get; init; }

    /// <summary>Request headers of the client that a provider of the same dialect may need, e.g. <c>anthropic-beta</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ClientHeaders { get; init; } = [];

    /// <summary>What happens to parameters that the provider does not know.</summary>
    public ParameterPolicy Parameters => Deployment.Parameters.With(Envelope.Parameters);

    /// <summary>Of a call to the Responses API; null for all others.</summary>
    public ResponseState? Response { get; init; }

    /// <summary>The same call as a chat completion, once <c>OverChat</c> has translated it: the answer is read by what was sent.</summary>
    public ModelCall? AsChat { get; set; }
}
