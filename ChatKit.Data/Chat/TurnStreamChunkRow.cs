namespace ChatKit.Data.Chat;

/// <summary>Some consecutive events of a turn, as they go over the wire.</summary>
public sealed class TurnStreamChunkRow
{
    public required string StreamId { get; init; }

    /// <summary>The number of the first event; they count from 1.</summary>
    public required long First { get; init; }

    public required long Last { get; init; }

    /// <summary>The events' frames, one after the other.</summary>
    public required byte[] Frames { get; init; }
}
