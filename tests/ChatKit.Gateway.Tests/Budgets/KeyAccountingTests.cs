using System.Net.Http.Headers;
using System.Text;
using ChatKit.Gateway.Budgets;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Tests.Keys;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Budgets;

/// <summary>Whatever becomes of calls, a budget ends with exactly what their attempts cost.</summary>
public sealed class KeyAccountingTests : KeyedGatewayTest
{
    private const string Settings = """
        general_settings: { proxy_batch_write_at: 0.1 }
        router_settings: { num_retries: 2, cooldown_time: 0, fallbacks: [{ "openai/*": [smart] }], hedging: { groups: ["openai/*"], max_percent: 100 } }
        """;

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task After_errors_retries_fallbacks_and_aborted_streams_the_budget_and_the_database_say_the_same(DatabaseKind kind)
    {
        var gateway = await StartAsync(kind, Settings);
        var key = await gateway.KeyAsync("""{"max_budget":1000,"budget_duration":"30d","max_parallel_requests":1000}""");
        var (friendly, random) = (Upstream.Always, new Random(1));
        Upstream.Always = (request, http) => Next(random, 5) switch
        {
            0 => Replies.Status(500, """{"error":{"message":"sorry","type":"server_error"}}""")(request, http),
            1 => OpenAiReplies.BrokenStream(2, SseEnd.Cut)(request, http),
            _ => friendly(request, http),
        };

        await Task.WhenAll(Enumerable.Range(0, 60).Select(call => CallAsync(gateway, key, new Random(call))));

        var window = gateway.Gateway.Services.GetRequiredService<SpendBook>().All.Single(window => window.Account.Kind is AccountKind.Key && window.Start > DateTime.UnixEpoch);
        for (var tries = 0; ; tries++)
        {
            var stored = (long)((await gateway.GetAsync($"/key/info?key={key}")).GetProperty("info").GetProperty("spend").GetDecimal() * BudgetReplica.Dollar);
            if (window.Reserved == 0 && stored == window.Spent && stored > 0) return;
            Assert.True(tries < 200, $"spent {window.Spent}, reserved {window.Reserved}, stored {stored}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Plain calls, streams that are read to their end, and streams whose client leaves.</summary>
    private static async Task CallAsync(KeyedGateway gateway, string key, Random random)
    {
        var (isStream, leaves) = (random.Next(2) == 0, random.Next(3) == 0);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/chat/completions", UriKind.Relative))
        {
            Content = new StringContent($$"""{"model":"openai/gpt-4o-mini","stream":{{(isStream ? "true" : "false")}},"messages":[{"role":"user","content":"hi"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.NotEqual(429, (int)answer.StatusCode);
        if (leaves) return;
        try
        {
            await answer.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            // Broken off.
        }
    }

    private static int Next(Random random, int most)
    {
        lock (random) return random.Next(most);
    }
}
