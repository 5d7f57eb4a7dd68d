using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Spend;

/// <summary>Every attempt at a provider leaves one settlement, on either database, and every settlement counts once in every sum.</summary>
public sealed class SpendLogTests
{
    /// <summary>The fake's usage: 9 tokens in, 5 out, at gpt-4o's $2.50 and $10 per million.</summary>
    private const long Cost = (9 * 2_500) + (5 * 10_000);

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_call_leaves_one_row_with_who_what_and_how_much(DatabaseKind kind)
    {
        await using var host = await SpendHost.StartAsync(kind);
        using var response = await host.ChatAsync(
            """{"model":"gpt","messages":[{"role":"user","content":"hi"}],"user":"Ann\u0000e 😀","metadata":{"tags":["red","blue"]}}""",
            ("x-litellm-session-id", "session-1"),
            ("x-litellm-tags", "green"),
            ("x-litellm-spend-logs-metadata", """{"project": "p1"}"""));
        var row = Assert.Single(await host.RowsAsync(1));

        Assert.Equal("0.0000725", Assert.Single(response.Headers.GetValues("x-litellm-response-cost")));
        Assert.Equal(Assert.Single(response.Headers.GetValues("x-litellm-call-id")), row.RequestId);
        Assert.Equal((Cost, 9L, 5L, 14L, false), (row.Spend!.Value, row.PromptTokens, row.CompletionTokens, row.TotalTokens, row.IsEstimated));
        Assert.Equal(("acompletion", "gpt-4o", "d1", "gpt", "openai", "success"), (row.CallType, row.Model, row.ModelId, row.ModelGroup, row.Provider, row.Status));
        Assert.Equal(("", "Anne 😀", "127.0.0.1", "session-1"), (row.KeyHash, row.EndUser, row.IpAddress, row.SessionId));
        Assert.Equal(["blue", "green", "red"], row.Tags.Order());
        Assert.Equal("""{"spend_logs_metadata":{"project":"p1"}}""", row.Metadata);
        Assert.True(row.StartTime <= row.EndTime && row.StartTime.Kind == DateTimeKind.Utc);
        Assert.Null(row.Messages);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task The_sums_are_those_of_the_rows(DatabaseKind kind)
    {
        await using var host = await SpendHost.StartAsync(kind);
        host.Upstream.Then(OpenAiReplies.Error(500, "down", "server_error"));
        for (var i = 0; i < 5; i++) (await host.ChatAsync("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"user":"anna"}""", ("x-litellm-tags", "red"))).Dispose();
        var rows = await host.RowsAsync(5);

        var day = Assert.Single(await host.DaysAsync("Global", 5));
        Assert.Equal((4 * Cost, 5L, 4L, 0L, 36L, 20L), (day.Spend, day.Requests, day.Successful, day.Unpriced, day.PromptTokens, day.CompletionTokens));
        Assert.Equal(DateOnly.FromDateTime(rows[0].StartTime), day.Day);
        foreach (var (sum, id) in new[] { ("Key", ""), ("Customer", "anna"), ("Tag", "red") }) Assert.Equal((id, 4 * Cost), (Assert.Single(await host.DaysAsync(sum, 5)).Id, (await host.DaysAsync(sum, 5))[0].Spend));
        await using var database = host.Database.OpenGateway();
        Assert.Equal(
            [$"Customer anna {4 * Cost}", $"Deployment d1 {4 * Cost}", $"Global  {4 * Cost}", $"Provider openai {4 * Cost}", $"Tag red {4 * Cost}"],
            database.AccountSpend.AsEnumerable().Select(account => $"{account.Kind} {account.Id} {account.Spend}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_stream_is_settled_like_a_whole_answer()
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.Sqlite);
        using var response = await host.ChatAsync(SpendHost.Streamed);
        var row = Assert.Single(await host.RowsAsync(1));

        Assert.False(response.Headers.Contains("x-litellm-response-cost"));
        Assert.Equal((Cost, false, "success"), (row.Spend!.Value, row.IsEstimated, row.Status));
        Assert.NotNull(row.CompletionStartTime);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_reckoned_and_marked()
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.Sqlite);
        host.Upstream.Always = OpenAiReplies.BrokenStream(words: 4, SseEnd.Cut);
        (await host.ChatAsync(SpendHost.Streamed)).Dispose();
        var row = Assert.Single(await host.RowsAsync(1));

        Assert.Equal(("failure", true), (row.Status, row.IsEstimated));
        Assert.True(row.Spend > 0 && row.CompletionTokens > 0);
        Assert.Contains("\"usage_is_estimated\":true", row.Metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_pays_for_what_it_caused()
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.Sqlite);
        host.Upstream.Always = OpenAiReplies.BrokenStream(words: 4, SseEnd.Silence);
        using (var response = await host.Gateway.ChatAsync(SpendHost.Streamed))
        {
            await using var stream = await response.Content.ReadAsStreamAsync();
            Assert.True(await stream.ReadAsync(new byte[64]) > 0);
        }

        var row = Assert.Single(await host.RowsAsync(1));
        Assert.Equal(("failure", true), (row.Status, row.IsEstimated));
        Assert.Contains("\"client_left\":true", row.Metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_attempt_of_a_call_has_a_row_of_its_own()
    {
        await using var host = await SpendHost.StartAsync(
            DatabaseKind.Sqlite, deployments: upstream => [SpendHost.At(upstream) with { Retries = 2 }, SpendHost.At(upstream, "d2") with { Retries = 2 }]);
        host.Upstream.Then(OpenAiReplies.Error(500, "down", "server_error"));
        using var response = await host.ChatAsync(SpendHost.Plain);
        var id = Assert.Single(response.Headers.GetValues("x-litellm-call-id"));
        var rows = await host.RowsAsync(2);

        Assert.Equal([$"{id} failure 0", $"{id}_2 success {Cost}"], rows.Select(row => $"{row.RequestId} {row.Status} {row.Spend}"));
        Assert.Contains("\"error_code\":\"500\"", rows[0].Metadata, StringComparison.Ordinal);
        Assert.Contains("\"attempt_kind\":\"retry\",\"attempt\":2", rows[1].Metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_price_is_null_and_told_once()
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.Sqlite, deployments: upstream => [SpendHost.At(upstream) with { UpstreamModel = "nobody-knows-this" }]);
        using var first = await host.ChatAsync(SpendHost.Plain);
        (await host.ChatAsync(SpendHost.Plain)).Dispose();
        var rows = await host.RowsAsync(2);

        Assert.False(first.Headers.Contains("x-litellm-response-cost"));
        Assert.All(rows, row => Assert.Null(row.Spend));
        Assert.Equal(2, Assert.Single(await host.DaysAsync("Global", 2)).Unpriced);
        Assert.Single(host.Gateway.Logs.All, line => line.Contains("The price of openai/nobody-knows-this", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_uses_an_id_twice_hides_no_call()
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.Sqlite);
        for (var i = 0; i < 3; i++) (await host.ChatAsync(SpendHost.Plain, ("x-litellm-call-id", "always-the-same"))).Dispose();

        Assert.All(await host.RowsAsync(3), row => Assert.StartsWith("always-the-same~", row.RequestId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_spend_logs_the_sums_go_on()
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.Sqlite, new SpendSettings { OnlySums = true });
        for (var i = 0; i < 3; i++) (await host.ChatAsync(SpendHost.Plain)).Dispose();

        Assert.Equal(3 * Cost, Assert.Single(await host.DaysAsync("Global", 3)).Spend);
        Assert.Empty(await host.RowsAsync(0));
    }

    [Theory]
    [InlineData(SpendHost.Plain)]
    [InlineData(SpendHost.Streamed)]
    public async Task Texts_are_kept_where_that_is_asked_for(string body)
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.Sqlite, new SpendSettings { KeepsTexts = true });
        using var response = await host.ChatAsync(body);
        var row = Assert.Single(await host.RowsAsync(1));

        Assert.Equal(body, row.Messages);
        Assert.Equal(await response.Content.ReadAsStringAsync(), row.Response);
    }

    [Fact]
    public async Task A_long_text_is_cut()
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.Sqlite, new SpendSettings { KeepsTexts = true });
        (await host.ChatAsync($$"""{"model":"gpt","messages":[{"role":"user","content":"{{new string('ü', 40_000)}}"}]}""")).Dispose();
        var row = Assert.Single(await host.RowsAsync(1));

        Assert.EndsWith("ü… (cut)", row.Messages, StringComparison.Ordinal);
        Assert.InRange(row.Messages!.Length, 10_000, 33_000);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("nothing")]
    [InlineData("{\"a\":\"\\u0000\"}")]
    public async Task What_is_no_object_is_no_metadata(string given)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(SpendHost.Plain) };
        request.Headers.Add("x-litellm-spend-logs-metadata", given);
        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("must be a JSON object", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
