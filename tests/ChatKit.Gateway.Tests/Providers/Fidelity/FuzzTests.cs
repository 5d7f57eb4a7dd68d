using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Wire.Sse;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Fidelity;

/// <summary>
/// Spoilt JSON from either side becomes an answer or an error, never an exception: every provider's dialect, under every API in front. The seeds are fixed, and there
/// are more than 100 000 cases in all; <c>CHATKIT_FUZZ</c> sets how many each test tries.
/// </summary>
public sealed class FuzzTests
{
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("CHATKIT_FUZZ"), out var asked) ? asked : 1_000;

    private static readonly ParameterPolicy[] Policies = [ParameterPolicy.Default, new() { Drops = true, Repairs = true }];

    public static TheoryData<string> Providers => [.. FidelitySubject.All.Select(static subject => subject.Name)];

    public static TheoryData<string, int> Requests
    {
        get
        {
            var matrix = new TheoryData<string, int>();
            foreach (var subject in FidelitySubject.All)
                for (var sample = 0; sample < FuzzSamples.Requests.Count; sample++)
                    matrix.Add(subject.Name, sample);
            return matrix;
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Spoilt_requests_are_sent_as_json_or_refused(string provider, int sample)
    {
        var subject = FidelitySubject.Of(provider);
        var (operation, whole) = FuzzSamples.Requests[sample];
        if (subject.Speaks(operation) is not { } dialect) return;
        var sent = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            if (subject.Call(operation, new JsonMutation(seed).Spoil(whole), Policies[seed % Policies.Length]) is not { } call) continue;
            using var request = new UpstreamRequest();
            if (dialect.WriteRequest(call, request) is { } refused) Assert.Equal(400, refused.Status);
            else AssertJson(request.Body.WrittenSpan, ref sent);
        }

        // What a provider refuses whole it may refuse spoilt.
        Assert.InRange(sent, Sent(subject, dialect, operation, whole) is null ? 0 : 1, Cases - 1);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Spoilt_answers_are_read_or_refused_under_every_api(string provider)
    {
        var subject = FidelitySubject.Of(provider);
        var answer = FuzzSamples.Answer(subject.Dialect);
        foreach (var (operation, body) in FuzzSamples.Requests.Where(static sample => sample.Operation != Operation.Embeddings))
        {
            if (subject.Speaks(operation) is not { } dialect || Sent(subject, dialect, operation, body) is not { } call) continue;
            var read = 0;
            for (var seed = 0; seed < Cases; seed++)
            {
                var output = new ArrayBufferWriter<byte>();
                if (dialect.ReadAnswer(call, new JsonMutation(seed).Spoil(answer), output, out _) is { } failed) Assert.InRange(failed.Status, 400, 599);
                else AssertJson(output.WrittenSpan, ref read);
            }

            // Where the client's own dialect passes through, the sample is not of it.
            if (operation == Operation.Chat) Assert.InRange(read, 1, Cases - 1);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Spoilt_streams_end_or_fail_under_every_api(string provider)
    {
        var subject = FidelitySubject.Of(provider);
        var events = FuzzSamples.Stream(subject.Dialect);
        foreach (var (operation, body) in FuzzSamples.Requests.Where(static sample => sample.Operation != Operation.Embeddings))
        {
            if (subject.Speaks(operation) is not { } dialect || Sent(subject, dialect, operation, body) is not { } call) continue;
            var content = 0;
            for (var seed = 0; seed < Cases; seed++)
            {
                var (mutation, spoilt) = (new JsonMutation(seed), seed % events.Count);
                var stream = dialect.OpenStream(call);
                var (output, steps) = Transcript.Play(stream, events.Select((e, i) => i == spoilt ? Spoil(e, mutation) : e));
                if (steps.Count > 0 && steps[^1] is not (StreamStep.Terminal or StreamStep.Failed)) stream.End(new ArrayBufferWriter<byte>());
                Assert.Equal(steps.Contains(StreamStep.Failed), stream.Error is not null);
                if (operation == Operation.Chat) AssertChunks(output);
                if (steps.Contains(StreamStep.Content)) content++;
            }

            if (operation == Operation.Chat) Assert.InRange(content, 1, Cases);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Spoilt_errors_are_still_errors(string provider)
    {
        var subject = FidelitySubject.Of(provider);
        string[] errors =
        [
            """{"type":"error","error":{"type":"api_error","message":"Internal server error","code":"x","param":null},"request_id":"req_1"}""",
            """{"error":{"code":500,"message":"Internal error","status":"INTERNAL","details":[{"@type":"t","retryDelay":"3s"}]}}""",
            """{"message":"Internal error","__type":"x","detail":[{"msg":"m"}]}""",
        ];
        for (var seed = 0; seed < Cases; seed++)
        {
            var error = subject.Chat.ReadError(subject.Call("""{"messages":[{"role":"user","content":"Hi"}]}"""), 500, new JsonMutation(seed).Spoil(errors[seed % errors.Length]));
            Assert.InRange(error.Status, 500, 599);
        }
    }

    private static SseEvent Spoil(SseEvent whole, JsonMutation mutation)
    {
        var data = mutation.Spoil(Encoding.UTF8.GetString(whole.Data.Span));
        byte[] raw = [.. "data: "u8, .. data, .. "\n\n"u8];
        return whole with { Data = raw.AsMemory(6..^2), Raw = raw };
    }

    /// <summary>The call as it was sent, since some answers are read by it; null where this provider refuses it.</summary>
    private static ModelCall? Sent(FidelitySubject subject, IProvider dialect, Operation operation, string body)
    {
        var call = subject.Call(operation, Encoding.UTF8.GetBytes(body), new ParameterPolicy { Drops = true })!;
        using var request = new UpstreamRequest();
        return dialect.WriteRequest(call, request) is null ? call : null;
    }

    private static void AssertChunks(string output)
    {
        foreach (var chunk in output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var data = chunk.Split('\n').Where(static line => line.StartsWith("data:", StringComparison.Ordinal)).Select(static line => line[5..].Trim()).FirstOrDefault();
            if (data is not (null or "[DONE]")) JsonDocument.Parse(data).Dispose();
        }
    }

    private static void AssertJson(ReadOnlySpan<byte> json, ref int count)
    {
        JsonSerializer.Deserialize<JsonElement>(json);
        count++;
    }
}
