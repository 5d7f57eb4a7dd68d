using ChatKit.Backend.Access;
using ChatKit.Backend.Models;
using OpenAI.Audio;

namespace ChatKit.Backend.Speech;

/// <summary>Asks the model that <c>TRANSCRIPTION_MODEL</c> names, through the gateway. Where none is named, dictation is not offered.</summary>
internal sealed partial class GatewayTranscriber(ModelClients clients, IConfiguration configuration, ILogger<GatewayTranscriber> logger) : ITranscriber
{
    public const string Variable = "TRANSCRIPTION_MODEL";

    public async Task<Outcome<string>> TranscribeAsync(SpokenAudio audio, CancellationToken cancel)
    {
        if (configuration[Variable]?.Trim() is not { Length: > 0 } model)
            return Problems.NotImplemented($"This server does not take dictation: {Variable} names no model.");
        try
        {
            using var speech = new MemoryStream(audio.Data.ToArray(), writable: false);
            AudioTranscription transcription = await clients.Speech(model).TranscribeAudioAsync(speech, audio.FileName, cancellationToken: cancel);
            return transcription.Text.Trim();
        }
        catch (Exception failure) when (GatewayFailure.Explains(failure) && !cancel.IsCancellationRequested)
        {
            Log.Failed(logger, GatewayFailure.From(failure).Message.ReplaceLineEndings(" "));
            return Problems.BadGateway("The recording could not be transcribed.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A recording could not be transcribed: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
