using System.Buffers;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.Completions;

/// <summary>Chunks of a chat → chunks of a text. The opening chunk, which has the role only, has nothing to say here.</summary>
internal sealed class CompletionsStream(bool showsUsage) : IChunkTranslation
{
    private ChatReply _latest = new();

    public void Next(ChatReply chunk, IBufferWriter<byte> output)
    {
        _latest = chunk;
        var piece = TextCompletion.Of(chunk, static choice => choice.Delta, usage: null);
        if (piece.Choices.Any(static choice => choice is not { Text: "", FinishReason: null })) piece.WriteEventTo(output);
    }

    public void Finish(in AnswerFacts facts, IBufferWriter<byte> output)
    {
        if (showsUsage && facts.Usage is { } usage) TextCompletion.Of(_latest with { Choices = [] }, static _ => null, usage).WriteEventTo(output);
        output.Write("data: [DONE]\n\n"u8);
    }
}
