using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers;

/// <summary>The translation of one streamed answer, event by event; holds its state between events.</summary>
internal interface IAnswerStream
{
    /// <summary>Takes one upstream event and writes none, one or more complete events of the client's dialect.</summary>
    StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output);

    /// <summary>
    /// The provider closed the stream. Most dialects have a terminal event, without which the answer broke off; where the end itself is the terminal, the
    /// translation writes what is left to say and returns <see cref="StreamStep.Terminal"/>.
    /// </summary>
    StreamStep End(IBufferWriter<byte> output) => StreamStep.Preamble;

    /// <summary>What is known so far; final once the terminal event came.</summary>
    AnswerFacts Facts { get; }

    /// <summary>The error that the upstream reported inside the stream, once <see cref="StreamStep.Failed"/> was returned.</summary>
    GatewayError? Error { get; }
}

/// <summary>What an upstream event meant.</summary>
internal enum StreamStep
{
    /// <summary>Protocol only (a ping, an opening): nothing that commits us to this upstream.</summary>
    Preamble,

    /// <summary>The first or a further piece of the answer.</summary>
    Content,

    /// <summary>The dialect's terminal: the stream is complete. What follows is ignored.</summary>
    Terminal,

    /// <summary>An error event; nothing was written for it.</summary>
    Failed,
}
