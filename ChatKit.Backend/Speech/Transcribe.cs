using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Speech;

/// <summary><c>input.transcribe</c>: what was dictated, as text for the composer.</summary>
internal sealed class Transcribe(ITranscriber transcriber) : IVerb<TranscribeParams>
{
    /// <summary>Minutes of speech, compressed as browsers do; the request's own limit is close by.</summary>
    private const int MaxBytes = 3 * 1024 * 1024;

    public async Task<IResult> HandleAsync(TranscribeParams parameters, CancellationToken cancel)
    {
        if (!SpokenAudio.TypeIsKnown(parameters.MimeType))
            return Problems.UnsupportedMediaType("Speech is taken as audio/webm;codecs=opus, audio/ogg;codecs=opus or audio/mp4.");
        var bytes = new byte[parameters.AudioBase64.Length * 3 / 4];
        if (!Convert.TryFromBase64String(parameters.AudioBase64, bytes, out var length) || length == 0)
            return Problems.Unprocessable("`audio_base64` holds no audio in base64.");
        if (length > MaxBytes)
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, $"A recording may have {MaxBytes / (1024 * 1024)} MB.");
        return (await transcriber.TranscribeAsync(new SpokenAudio(bytes.AsMemory(0, length), parameters.MimeType), cancel)).IsProblem(out var problem, out var text)
            ? problem
            : TypedResults.Json(new Transcription(text), Wire.Json.Transcription);
    }
}
