using System.Net.Http.Headers;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.LiteLlm;

namespace ChatKit.Gateway.Budgets.Alerts;

/// <summary>Posts news to those who want to know, one after the other. Who does not answer is asked again a few times, and then only the log knows.</summary>
internal sealed partial class AlertDelivery(AlertQueue queue, SnapshotHolder snapshots, AlertTransport transport, TimeProvider time, ILogger<AlertDelivery> logger) : BackgroundService
{
    public static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(25)];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var news in queue.News.ReadAllAsync(stoppingToken))
            {
                var alerts = snapshots.Current.Settings.Budgets.Alerts;
                if (alerts.Webhook is { } webhook) await PostAsync(webhook, JsonSerializer.SerializeToUtf8Bytes(news, BudgetEventJson.Default.BudgetEventWire), news, stoppingToken);
                if (alerts.Chat is { } chat) await PostAsync(chat, JsonSerializer.SerializeToUtf8Bytes(new ChatLineWire(BudgetEvent.Line(news)), BudgetEventJson.Default.ChatLineWire), news, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is lost with the process; the spending it tells of is not.
        }
    }

    private async Task PostAsync(Uri address, byte[] body, BudgetEventWire news, CancellationToken stoppingToken)
    {
        for (var tries = 0; ; tries++)
        {
            var problem = await TryAsync(address, body, stoppingToken);
            if (problem is null) return;
            if (tries == Waits.Length)
            {
                // The address is a secret: whoever knows it can post.
                Log.Undelivered(logger, news.EventMessage, news.EventGroup, address.Host, problem);
                return;
            }

            await Task.Delay(Waits[tries], time, stoppingToken);
        }
    }

    private async Task<string?> TryAsync(Uri address, byte[] body, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        try
        {
            using var response = await transport.SendAsync(request, both.Token);
            return response.IsSuccessStatusCode ? null : $"it answered {(int)response.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            return failure is HttpRequestException ? failure.Message : "it did not answer in time";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "'{News}' ({Group}) could not be delivered to {Host}: {Problem}")]
        public static partial void Undelivered(ILogger logger, string news, string group, string host, string problem);
    }
}
