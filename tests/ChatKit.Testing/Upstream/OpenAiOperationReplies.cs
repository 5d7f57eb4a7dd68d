using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>What OpenAI answers besides chat, in the shape and member order of the API reference.</summary>
public static class OpenAiOperationReplies
{
    /// <summary>Sound, as far as anybody here can tell.</summary>
    public static byte[] Sound { get; } = [0x49, 0x44, 0x33, 4, 0, .. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))];

    /// <summary>The two numbers of the vector of the input at this place.</summary>
    public static float[] Vector(int index) => [index + 0.25f, -0.0625f];

    /// <summary>The answer of the path that was asked.</summary>
    public static Reply Of { get; } = (request, http) => (request.Path switch
    {
        "/v1/completions" => Completion(request.Json),
        "/v1/embeddings" => Replies.Json(Embeddings(request.Json)),
        "/v1/moderations" => Replies.Json("""{"id":"modr-1","model":"omni-moderation-latest","results":[{"flagged":true,"categories":{"violence":true},"category_scores":{"violence":0.98}}]}"""),
        "/v1/images/generations" => Images(IsTrue(request.Json, "stream"), "image_generation"),
        "/v1/images/edits" => Images(request.Headers["Content-Type"].StartsWith("application/json", StringComparison.Ordinal) ? IsTrue(request.Json, "stream") : request.Field("stream") == "true", "image_edit"),
        "/v1/images/variations" => Images(stream: false, "image_variation"),
        "/v1/audio/transcriptions" => Transcript(request.Field("response_format"), request.Field("stream") == "true"),
        "/v1/audio/translations" => Transcript(request.Field("response_format"), stream: false),
        "/v1/rerank" => Replies.Json("""{"id":"rerank-1","model":"upstream-model","usage":{"total_tokens":56},"results":[{"index":1,"document":{"text":"Paris"},"relevance_score":0.99},{"index":0,"document":{"text":"Rome"},"relevance_score":0.01}]}"""),
        _ => Speech(request.Json),
    })(request, http);

    /// <summary>An event of a stream.</summary>
    public static string Event(string data) => $"data: {data}\n\n";

    private static Reply Completion(JsonElement body)
    {
        const string Head = "\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1760000000,\"model\":\"upstream-model\"";
        const string Usage = """{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8}""";
        if (!IsTrue(body, "stream"))
            return Replies.Json($$$"""{{{{Head}}},"choices":[{"text":" in a land far","index":0,"logprobs":null,"finish_reason":"length"}],"usage":{{{Usage}}} }""");
        var usage = body.TryGetProperty("stream_options", out var options) && IsTrue(options, "include_usage");
        return Replies.Sse(
        [
            .. new[] { " in", " a land", " far" }.Select(text => Event($$$"""{{{{Head}}},"choices":[{"text":"{{{text}}}","index":0,"logprobs":null,"finish_reason":null}]}""")),
            Event($$$"""{{{{Head}}},"choices":[{"text":"","index":0,"logprobs":null,"finish_reason":"length"}]}"""),
            .. usage ? [Event($$$"""{{{{Head}}},"choices":[],"usage":{{{Usage}}}}""")] : Array.Empty<string>(),
            "data: [DONE]\n\n",
        ]);
    }

    private static string Embeddings(JsonElement body)
    {
        var input = body.GetProperty("input");
        var isOne = input.ValueKind is JsonValueKind.String || input[0].ValueKind is JsonValueKind.Number;
        var count = isOne ? 1 : input.GetArrayLength();
        var isBase64 = body.TryGetProperty("encoding_format", out var format) && format.GetString() == "base64";
        var data = Enumerable.Range(0, count).Select(i => $$$"""{"object":"embedding","index":{{{i}}},"embedding":{{{(isBase64 ? InBase64(Vector(i)) : InNumbers(Vector(i)))}}}}""");
        return $$$"""{"object":"list","data":[{{{string.Join(',', data)}}}],"model":"upstream-model","usage":{"prompt_tokens":8,"total_tokens":8}}""";
    }

    private static string InBase64(float[] vector) => $"\"{Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan()))}\"";

    private static string InNumbers(float[] vector) => $"[{string.Join(',', vector.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]";

    private static Reply Images(bool stream, string kind)
    {
        const string Usage = """{"total_tokens":150,"input_tokens":50,"output_tokens":100,"input_tokens_details":{"text_tokens":10,"image_tokens":40}}""";
        return stream
            ? Replies.Sse(
            [
                $"event: {kind}.partial_image\n" + Event($$"""{"type":"{{kind}}.partial_image","b64_json":"aGE=","partial_image_index":0}"""),
                $"event: {kind}.completed\n" + Event($$"""{"type":"{{kind}}.completed","b64_json":"aGFsbG8=","usage":{{Usage}}}"""),
            ])
            : Replies.Json($$"""{"created":1760000000,"data":[{"b64_json":"aGFsbG8="}],"usage":{{Usage}}}""");
    }

    private static Reply Transcript(string? format, bool stream) => (format, stream) switch
    {
        (_, true) => Replies.Sse(
        [
            Event("""{"type":"transcript.text.delta","delta":"I see"}"""),
            Event("""{"type":"transcript.text.delta","delta":" skies"}"""),
            Event("""{"type":"transcript.text.done","text":"I see skies","usage":{"type":"tokens","input_tokens":14,"output_tokens":45,"total_tokens":59}}"""),
        ]),
        ("text", _) => Replies.Status(200, "I see skies\n", "text/plain; charset=utf-8"),
        ("srt", _) => Replies.Status(200, "1\n00:00:00,000 --> 00:00:02,000\nI see skies\n\n", "text/plain; charset=utf-8"),
        ("vtt", _) => Replies.Status(200, "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nI see skies\n", "text/vtt; charset=utf-8"),
        ("verbose_json", _) => Replies.Json("""{"task":"transcribe","language":"english","duration":2.0,"text":"I see skies","segments":[{"id":0,"start":0.0,"end":2.0,"text":"I see skies"}],"usage":{"type":"duration","seconds":2}}"""),
        _ => Replies.Json("""{"text":"I see skies","usage":{"type":"tokens","input_tokens":14,"output_tokens":45,"total_tokens":59}}"""),
    };

    private static Reply Speech(JsonElement body) => body.TryGetProperty("stream_format", out var format) && format.GetString() == "sse"
        ? Replies.Sse(
        [
            Event($$"""{"type":"speech.audio.delta","audio":"{{Convert.ToBase64String(Sound)}}"}"""),
            Event("""{"type":"speech.audio.done","usage":{"input_tokens":14,"output_tokens":101,"total_tokens":115}}"""),
        ])
        : async (_, http) =>
        {
            http.Response.ContentType = "audio/mpeg";
            foreach (var piece in Sound.Chunk(1000))
            {
                await http.Response.Body.WriteAsync(piece, http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        };

    private static bool IsTrue(JsonElement body, string member) => body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.True;
}
