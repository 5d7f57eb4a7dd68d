using System.Text;
using System.Text.Json.Nodes;
using ChatKit.Backend.Access;
using ChatKit.Backend.Speech;

namespace ChatKit.Backend.Tests.Vectors;

/// <summary>Understands the one recording that a vector's setup describes: <c>{audio | audio_base64, mime_type, text}</c>.</summary>
internal sealed class ScriptedTranscriber(JsonNode? setup) : ITranscriber
{
    public string? Complaint { get; private set; }

    public Task<Outcome<string>> TranscribeAsync(SpokenAudio audio, CancellationToken cancel)
    {
        var expected = setup?["audio_base64"]?.GetValue<string>() ?? Convert.ToBase64String(Encoding.UTF8.GetBytes(setup?["audio"]?.GetValue<string>() ?? ""));
        var given = Convert.ToBase64String(audio.Data.Span);
        if (given != expected || audio.MimeType != setup?["mime_type"]?.GetValue<string>())
            Complaint ??= $"the transcriber was given {audio.MimeType} {given}";
        return Task.FromResult<Outcome<string>>(setup?["text"]?.GetValue<string>() ?? "");
    }
}
