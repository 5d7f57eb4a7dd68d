using ChatKit.Backend.Access;

namespace ChatKit.Backend.Speech;

/// <summary>Turns speech into text.</summary>
internal interface ITranscriber
{
    Task<Outcome<string>> TranscribeAsync(SpokenAudio audio, CancellationToken cancel);
}

/// <summary>A recording. The type is the browser's own word for it, codec and all.</summary>
internal sealed record SpokenAudio(ReadOnlyMemory<byte> Data, string MimeType)
{
    /// <summary>The type without its codec.</summary>
    public string MediaType => MimeType.Split(';', 2)[0].Trim();

    /// <summary>By its ending, models tell what a recording is.</summary>
    public string FileName => $"speech.{MediaType["audio/".Length..]}";

    public static bool TypeIsKnown(string mimeType) => mimeType.Split(';', 2)[0].Trim() is "audio/webm" or "audio/ogg" or "audio/mp4";
}
