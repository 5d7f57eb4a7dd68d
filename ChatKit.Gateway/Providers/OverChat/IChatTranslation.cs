using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat;

/// <summary>An API in front, told in chat completions: the request on its way in, the answer on its way back. Stateless and pure, as a provider is.</summary>
internal interface IChatTranslation
{
    /// <summary>
    /// Writes the client's request as a chat completion request, <c>stream</c> included. What chat has no words for is named in <paramref name="losses"/>, or refuses
    /// the call.
    /// </summary>
    /// <param name="call">The call in the client's words.</param>
    /// <param name="extensions">What may be said beyond OpenAI's words.</param>
    /// <param name="chat">The body is written here.</param>
    /// <param name="losses">Parameters that could not be carried, by path.</param>
    GatewayError? WriteChat(ModelCall call, ChatExtensions extensions, IBufferWriter<byte> chat, ICollection<string> losses);

    /// <summary>Writes a whole answer in the client's words. <paramref name="facts"/> has its usage, however the provider spelt it.</summary>
    void WriteAnswer(ModelCall call, ChatReply reply, in AnswerFacts facts, IBufferWriter<byte> output);

    /// <summary>Opens the translation of one streamed answer. Whatever it needs of the request's body it takes now.</summary>
    IChunkTranslation OpenStream(ModelCall call);
}

/// <summary>The translation of one streamed answer, chunk by chunk; holds its state between chunks.</summary>
internal interface IChunkTranslation
{
    /// <summary>Takes one chunk and writes none, one or more complete events.</summary>
    void Next(ChatReply chunk, IBufferWriter<byte> output);

    /// <summary>The answer ended in good order: writes what is left to say, the dialect's terminal last.</summary>
    void Finish(in AnswerFacts facts, IBufferWriter<byte> output);
}
