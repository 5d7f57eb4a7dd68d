namespace ChatKit.Gateway.Providers.Metering;

/// <summary>Understands one API's words for what an answer used, whole or in events.</summary>
internal interface IUsageReader
{
    /// <summary>What is known so far.</summary>
    AnswerFacts Facts { get; }

    /// <summary>Reads a whole answer, which has no type, or the next event. Anything may come.</summary>
    void Read(ReadOnlyMemory<byte> type, ReadOnlyMemory<byte> json);
}
