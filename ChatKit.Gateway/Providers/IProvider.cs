using System.Buffers;
using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// One upstream wire dialect. Stateless and pure: sending, retries, time limits and relaying belong to the pipeline, so a provider is
/// tested with bytes alone. The client's dialect is OpenAI chat completions.
/// </summary>
internal interface IProvider
{
    /// <summary>Prepares the upstream request. An error where this provider cannot carry the call.</summary>
    GatewayError? WriteRequest(ChatCall call, UpstreamRequest request);

    /// <summary>Turns a whole successful answer into the client's dialect. An error where it is not what the dialect promises.</summary>
    GatewayError? ReadAnswer(ChatCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts);

    /// <summary>Opens the translation of one streamed answer. Whatever it needs of the request's body it takes now: the memory does not outlive the first content.</summary>
    IAnswerStream OpenStream(ChatCall call);

    /// <summary>Understands an error answer. Any bytes may come (HTML from a proxy, nothing at all); the result never holds them raw where they are not the dialect's.</summary>
    GatewayError ReadError(ChatCall call, int status, ReadOnlyMemory<byte> body);
}
