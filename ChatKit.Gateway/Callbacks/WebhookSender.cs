using System.Net.Http.Headers;
using System.Threading.Channels;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Callbacks;

namespace ChatKit.Gateway.Callbacks;

/// <summary>
/// One webhook: facts queue up, and go out together after a few seconds or when there are many. What the endpoint does not take is sent again, with the same
/// id, a few times; what does not fit into the queue meanwhile is dropped and counted in the log.
/// </summary>
internal sealed partial class WebhookSender : IAsyncDisposable
{
    private const int LargestBatch = 100;
    private const int LongestQueue = 10_000;
    private const int Tries = 6;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly Channel<Settlement> _queue = Channel.CreateBounded<Settlement>(new BoundedChannelOptions(LongestQueue) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly CancellationTokenSource _giveUp = new();
    private readonly WebhookSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _running;
    private long _dropped;

    public WebhookSender(WebhookSettings settings, TimeProvider time, ILogger logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Queues the fact, where the webhook wants to hear of its kind.</summary>
    public void Add(Settlement settled)
    {
        if (!(settled.Attempt.Error is null ? _settings.Successes : _settings.Failures)) return;
        if (!_queue.Writer.TryWrite(settled)) Interlocked.Increment(ref _dropped);
    }

    /// <summary>Sends what there is, for a few seconds, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _giveUp.CancelAfter(Farewell);
        await _running;
        _giveUp.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<Settlement>(LargestBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            await CollectAsync(batch);
            if (_settings.Format is BatchFormat.Single)
            {
                foreach (var one in batch) await DeliverAsync([one]);
            }
            else
            {
                await DeliverAsync(batch);
            }

            batch.Clear();
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped) Log.Dropped(_logger, _settings.Name, dropped);
        }
    }

    /// <summary>What there is, and what comes within the wait.</summary>
    private async Task CollectAsync(List<Settlement> batch)
    {
        using var patience = new CancellationTokenSource(LongestWait, _time);
        try
        {
            while (batch.Count < LargestBatch && await _queue.Reader.WaitToReadAsync(patience.Token))
            {
                while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var next)) batch.Add(next);
            }
        }
        catch (OperationCanceledException)
        {
            // Long enough.
        }
    }

    private async Task DeliverAsync(List<Settlement> batch)
    {
        if (batch.Count == 0) return;
        var body = WebhookBody.Write(batch, _settings.Format);
        var id = $"evt_{Guid.CreateVersion7():N}";
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            var problem = await TryAsync(body, id);
            if (problem is null) return;
            if (problem.IsFinal || attempt == Tries || _giveUp.IsCancellationRequested)
            {
                Log.NotDelivered(_logger, _settings.Name, batch.Count, attempt, problem.Message);
                return;
            }

            await Task.Delay(pause, _time, _giveUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause *= 2;
        }
    }

    private async Task<Problem?> TryAsync(byte[] body, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _settings.Endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(_settings.Format is BatchFormat.Lines ? "application/x-ndjson" : "application/json");
        foreach (var (name, value) in _settings.Headers) request.Headers.TryAddWithoutValidation(name, value.Reveal());
        if (_settings.SigningSecret is { } secret) WebhookSignature.Add(request.Headers, secret, id, _time.GetUtcNow(), body);
        try
        {
            using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _giveUp.Token);
            var status = (int)response.StatusCode;
            return status is >= 200 and <= 299 ? null : new Problem($"it answered {status}", IsFinal: status is >= 300 and < 500 and not (408 or 425 or 429));
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return new Problem(failure is HttpRequestException ? failure.Message : "it did not answer in time", IsFinal: false);
        }
    }

    private sealed record Problem(string Message, bool IsFinal);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The callback {Callback} did not take {Count} events after {Attempts} tries: {Problem}")]
        public static partial void NotDelivered(ILogger logger, string callback, int count, int attempts, string problem);

        [LoggerMessage(2, LogLevel.Error, "The callback {Callback} is too slow: {Count} events were dropped")]
        public static partial void Dropped(ILogger logger, string callback, long count);
    }
}
