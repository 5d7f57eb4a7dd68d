using System.Net;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Endpoints.Spend;
using ChatKit.Gateway.Spend.Writing;
using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Gateway.Tests.Spend;

/// <summary>What the finance person asks, over HTTP, of a database that holds two days of three teams.</summary>
public sealed class SpendReportTests
{
    private const string Range = "start_date=2026-11-22&end_date=2026-11-23";

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Logs_are_filtered_paged_and_exported(DatabaseKind kind)
    {
        await using var host = await FilledAsync(kind);

        Assert.Equal(4, (await host.GetAsync($"/spend/logs?{Range}&summarize=false&user_id=anna")).GetArrayLength());
        Assert.Equal(2, (await host.GetAsync("/spend/logs?request_id=r1&summarize=false")).GetArrayLength());
        Assert.Equal("r9~cafe", (await host.GetAsync("/spend/logs?request_id=r9"))[0].GetProperty("request_id").GetString());
        Assert.Equal(JsonValueKind.Null, (await host.GetAsync("/spend/logs?request_id=r9"))[0].GetProperty("spend").ValueKind);

        var paged = await host.GetAsync($"/spend/logs/v2?{Range}&page=2&page_size=3");
        Assert.Equal((8, 2, 3, 3), (paged.GetProperty("total").GetInt32(), paged.GetProperty("page").GetInt32(), paged.GetProperty("total_pages").GetInt32(), paged.GetProperty("data").GetArrayLength()));

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            using var response = await host.Gateway.Client.GetAsync(new Uri($"/spend/logs?summarize=false&limit=3{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", UriKind.Relative));
            seen.AddRange(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.EnumerateArray().Select(row => row.GetProperty("request_id").GetString()!));
            cursor = response.Headers.TryGetValues("x-chatkit-next-cursor", out var next) ? next.Single() : null;
        }
        while (cursor is not null);
        Assert.Equal(8, seen.Count);
        Assert.Equal(8, seen.Distinct().Count());

        using var csv = await host.Gateway.Client.GetAsync(new Uri($"/spend/logs?{Range}&format=csv", UriKind.Relative));
        var lines = (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        Assert.Equal(9, lines.Length);
        Assert.Contains(lines, line => line.Contains(",'=cmd|calc,", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Sums_have_litellms_shapes(DatabaseKind kind)
    {
        await using var host = await FilledAsync(kind);

        var days = await host.GetAsync($"/spend/logs?{Range}");
        Assert.Equal("""{"startTime":"2026-11-22","spend":0.000004,"":0.000004,"users":{"anna":0.000002,"ben":0.000002},"models":{"gpt-4o":0.000004}}""", days[0].GetRawText());
        Assert.Equal("0.000007", (await host.GetAsync("/global/spend")).GetProperty("spend").GetRawText());
        Assert.Equal("""[{"model":"gpt-4o","total_spend":0.000007}]""", (await host.GetAsync($"/global/spend/models?{Range}")).GetRawText());
        Assert.Equal("""[{"provider":"openai","spend":0.000007}]""", (await host.GetAsync($"/global/spend/provider?{Range}")).GetRawText());
        Assert.Equal("""[{"date":"2026-11-22","spend":0.000004},{"date":"2026-11-23","spend":0.000003}]""", (await host.GetAsync($"/global/spend/logs?{Range}")).GetRawText());
        Assert.Equal("""[{"individual_request_tag":"red","log_count":8,"total_spend":0.000007}]""", (await host.GetAsync($"/spend/tags?{Range}")).GetRawText());
        Assert.Equal(["red"], (await host.GetAsync($"/global/spend/all_tag_names?{Range}")).GetProperty("tag_names").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal("""[{"user_id":"anna","spend":0.000004},{"user_id":"ben","spend":0.000003}]""", (await host.GetAsync("/spend/users")).GetRawText());
        Assert.Equal("[]", (await host.GetAsync("/spend/keys")).GetRawText());

        var activity = await host.GetAsync($"/global/activity?{Range}");
        Assert.Equal("""{"daily_data":[{"date":"Nov 22","api_requests":4,"total_tokens":60},{"date":"Nov 23","api_requests":4,"total_tokens":60}],"sum_api_requests":8,"sum_total_tokens":120}""", activity.GetRawText());
        Assert.Equal("gpt", (await host.GetAsync($"/global/activity/model?{Range}"))[0].GetProperty("model").GetString());

        var report = await host.GetAsync($"/global/spend/report?{Range}&group_by=team");
        Assert.Equal("""{"group_by_day":"2026-11-22","teams":[{"team_name":"blue","total_spend":0.000004,"metadata":[{"model":"gpt-4o","spend":0.000004,"api_key":"","total_tokens":60}]}]}""", report[0].GetRawText());
        Assert.Equal("=cmd|calc", (await host.GetAsync($"/global/spend/report?{Range}&group_by=customer"))[0].GetProperty("customers")[0].GetProperty("customer").GetString());
        Assert.Equal("0.000007", (await host.GetAsync($"/global/spend/report?{Range}&group_by=api_key"))[0].GetProperty("total_cost").GetRawText());
        Assert.Equal(["blue"], (await host.GetAsync($"/global/spend/teams?{Range}")).GetProperty("teams").EnumerateArray().Select(team => team.GetString()));

        foreach (var path in new[] { "user", "team", "tag", "customer" })
        {
            var daily = await host.GetAsync($"/{path}/daily/activity?{Range}");
            var (newest, totals) = (daily.GetProperty("results")[0], daily.GetProperty("metadata"));
            Assert.Equal("2026-11-23", newest.GetProperty("date").GetString());
            Assert.Equal((4, 1), (newest.GetProperty("metrics").GetProperty("api_requests").GetInt32(), newest.GetProperty("metrics").GetProperty("unpriced_requests").GetInt32()));
            Assert.Equal("0.000003", newest.GetProperty("breakdown").GetProperty("models").GetProperty("gpt-4o").GetProperty("metrics").GetProperty("spend").GetRawText());
            Assert.Equal((8, "0.000007", false), (totals.GetProperty("total_api_requests").GetInt32(), totals.GetProperty("total_spend").GetRawText(), totals.GetProperty("has_more").GetBoolean()));
        }
    }

    [Theory]
    [InlineData("/spend/logs?start_date=yesterday")]
    [InlineData("/spend/logs?limit=0")]
    [InlineData("/spend/logs?cursor=nothing")]
    [InlineData("/spend/logs?format=pdf")]
    [InlineData("/global/activity")]
    [InlineData("/global/spend/report?group_by=planet")]
    [InlineData("/user/daily/activity?page=0")]
    public async Task What_is_asked_wrongly_is_refused_with_a_reason(string path)
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.Sqlite);
        using var response = await host.Gateway.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"Hello there"}]}""", "0.0000225")]
    [InlineData("""{"completion_response":{"model":"gpt-4o","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":5,"total_tokens":14}}}""", "0.0000725")]
    [InlineData("""{"completion_response":{"model":"nobody-knows","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":5,"total_tokens":14}}}""", "null")]
    public async Task A_cost_is_calculated_before_or_after_a_call(string body, string cost)
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.Sqlite);
        using var response = await host.Gateway.Client.PostAsync(new Uri("/spend/calculate", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal($$"""{"cost":{{cost}}}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2", "'-2")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    public void A_cell_is_text_and_never_a_formula(string text, string cell) => Assert.Equal(cell, SpendCsv.Cell(text));

    /// <summary>Eight settlements: four of each day, of two users of one team for one customer; one has no price.</summary>
    private static async Task<SpendHost> FilledAsync(DatabaseKind kind)
    {
        var host = await SpendHost.StartAsync(kind);
        var records = new[] { "r1", "r1_2", "r2", "r3", "r4", "r5", "r6", "r9~cafe" }.Select((id, i) => Records.New(id) with
        {
            UserId = i % 2 == 0 ? "anna" : "ben",
            TeamId = "blue",
            EndUser = "=cmd|calc",
            Tags = ["red"],
            StartedAt = Records.Day.AddDays(i < 4 ? -1 : 0).AddMinutes(i),
            Cost = i == 7 ? null : 1_000,
        });
        await host.Service<SpendStore>().WriteAsync("filled", [.. records], onlySums: false, default);
        return host;
    }
}
