using System.Net;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Backend.Tests.Speech;

public sealed class TranscribeTests
{
    private static readonly string Audio = Convert.ToBase64String("OggS…"u8);

    [Fact]
    public async Task Speech_goes_to_the_model_that_is_configured_and_comes_back_as_text()
    {
        var answers = new SpeechDialect();
        await using var gateway = await FakeUpstream.StartAsync(answers);
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase, settings: ("TRANSCRIPTION_MODEL", "whisper-1"));
        gateway.Then(Replies.Json("""{"text":" Hello there. "}"""));

        var answer = await host.AskAsync("input.transcribe", $$"""{"audio_base64":"{{Audio}}","mime_type":"audio/ogg;codecs=opus"}""");
        Assert.Equal("""{"text":"Hello there."}""", answer.GetRawText());
        var form = gateway.Requests[^1].BodyText;
        Assert.Contains("filename=speech.ogg", form, StringComparison.Ordinal);
        Assert.Contains("whisper-1", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_fails_is_told_without_its_words()
    {
        await using var gateway = await FakeUpstream.StartAsync(new SpeechDialect());
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase, settings: ("TRANSCRIPTION_MODEL", "whisper-1"));
        gateway.Then(OpenAiReplies.Error(500, "internal secret", "server_error"));

        var problem = await host.RefusedAsync(HttpStatusCode.BadGateway, Transcribe(Audio, "audio/webm;codecs=opus"));
        Assert.Equal("The recording could not be transcribed.", problem);
    }

    [Theory]
    [InlineData("not base64", "audio/mp4", HttpStatusCode.UnprocessableEntity)]
    [InlineData("", "audio/mp4", HttpStatusCode.UnprocessableEntity)]
    [InlineData("T2dn", "audio/flac", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("T2dn", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_is_no_speech_is_refused(string audio, string type, HttpStatusCode status)
    {
        await using var host = await BackendHost.StartAsync(settings: ("TRANSCRIPTION_MODEL", "whisper-1"));
        await host.RefusedAsync(status, Transcribe(audio, type));
    }

    [Fact]
    public async Task Without_a_model_dictation_is_not_offered()
    {
        await using var host = await BackendHost.StartAsync();
        Assert.Contains("TRANSCRIPTION_MODEL", await host.RefusedAsync(HttpStatusCode.NotImplemented, Transcribe(Audio, "audio/mp4")), StringComparison.Ordinal);
    }

    private static string Transcribe(string audio, string type) => Calls.Body("input.transcribe", $$"""{"audio_base64":"{{audio}}","mime_type":"{{type}}"}""");

    /// <summary>OpenAI's transcriptions, as far as a client can get them wrong.</summary>
    private sealed class SpeechDialect : UpstreamDialect
    {
        public override string BasePath => "/v1";

        public override string ApiKey => GatewayDialect.Key;

        public override Reply DefaultReply => Replies.Json("""{"text":""}""");

        public override Reply? Refuse(ReceivedRequest request) =>
            request.Path == "/v1/audio/transcriptions"
            && request.Headers.GetValueOrDefault("Authorization") == $"Bearer {GatewayDialect.Key}"
            && request.Headers.GetValueOrDefault("Content-Type")?.StartsWith("multipart/form-data", StringComparison.Ordinal) is true
                ? null
                : OpenAiReplies.Error(400, "Not a transcription request.", "invalid_request_error");
    }
}
