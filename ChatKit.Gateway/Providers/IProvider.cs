using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// One operation in one upstream wire dialect: between the client's words (<see cref="Model.Operation"/>) and the provider's. Stateless and pure: sending,
/// retries, time limits and relaying belong to the pipeline, so a provider is tested with bytes alone.
/// </summary>
internal interface IProvider
{
    /// <summary>Prepares the upstream request. An error where this provider cannot carry the call.</summary>
    GatewayError? WriteRequest(ModelCall call, UpstreamRequest request);

    /// <summary>Turns a whole successful answer into the client's dialect. An error where it is not what the dialect promises.</summary>
    GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts);

    /// <summary>What a successful answer of this media type is: one document to read whole, events, or bytes that pass unread.</summary>
    AnswerForm FormOf(ModelCall call, string? mediaType) => call.Envelope.Stream && mediaType is not "application/json" ? AnswerForm.Events : AnswerForm.Document;

    /// <summary>Opens the translation of one streamed answer. Whatever it needs of the request's body it takes now: the memory does not outlive the first content.</summary>
    IAnswerStream OpenStream(ModelCall call);

    /// <summary>Cuts a streamed answer into events: server-sent events, unless the provider has its own framing.</summary>
    IEventReader OpenReader() => new SseReader();

    /// <summary>Understands an error answer. Any bytes may come (HTML from a proxy, nothing at all); the result never holds them raw where they are not the dialect's.</summary>
    GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body);
}

/// <summary>How an answer comes, and goes on to the client.</summary>
internal enum AnswerForm
{
    /// <summary>JSON, held until it is complete.</summary>
    Document,

    /// <summary>Server-sent events for the client, each passed on as it is complete.</summary>
    Events,

    /// <summary>Sound or plain text, passed on as it comes and under its own media type.</summary>
    Bytes,
}
