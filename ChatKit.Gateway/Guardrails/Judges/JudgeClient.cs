using System.Net.Http.Headers;
using System.Text.Json;
using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Guardrails.Judges;

/// <summary>Asks a service, within its time.</summary>
internal sealed partial class JudgeClient(TimeProvider time, ILogger<JudgeClient> logger)
{
    private const int LongestAnswer = 16 * 1024 * 1024;

    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <summary>The verdict that <paramref name="read"/> finds in the answer; a failure where there is no good answer.</summary>
    public async ValueTask<Verdict> AskAsync(JudgeSettings settings, byte[] question, Func<JsonElement, Verdict> read, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(settings.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Address) { Content = new ByteArrayContent(question) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (settings.ApiKey is { } key) request.Headers.TryAddWithoutValidation("Authorization", key.RevealBearer());
        foreach (var (name, value) in settings.Headers) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await Http.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode) return Failed(settings, $"it answered {(int)response.StatusCode}");
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(either.Token));
            return read(answer.RootElement);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or JsonException or IOException or InvalidOperationException or KeyNotFoundException)
        {
            return Failed(settings, patience.IsCancellationRequested ? $"it did not answer within {settings.Patience.TotalSeconds} s" : failure is JsonException or InvalidOperationException or KeyNotFoundException ? "its answer makes no sense" : failure.Message);
        }
    }

    private Verdict Failed(JudgeSettings settings, string why)
    {
        Log.Failed(logger, settings.Address.Host, why, settings.FailsOpen ? "calls go on without it" : "calls that need it are refused");
        return Verdict.Failed(why);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The guardrail service at {Host} gave no verdict: {Reason}; {Consequence}")]
        public static partial void Failed(ILogger logger, string host, string reason, string consequence);
    }
}
