using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// A chat call on its way to one deployment. <paramref name="Body"/> is the client's JSON as it came (already checked to be one well-formed
/// object); <paramref name="UpstreamModel"/> the provider's model name with wildcards replaced; <paramref name="ClientModel"/> the name that the
/// answer is stamped with.
/// </summary>
internal sealed record ChatCall(ChatEnvelope Envelope, ReadOnlyMemory<byte> Body, Deployment Deployment, string UpstreamModel, string ClientModel);
