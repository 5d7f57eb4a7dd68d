using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatKit.Bench.Load.Roles;

namespace ChatKit.Bench.Load.Lab;

/// <summary>Looks at whole answers, which wrk does not: a proxy that answers something else, quickly, must not win.</summary>
internal static class Answers
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });

    /// <summary>Whether the target answers a plain call yet.</summary>
    public static async Task<bool> ArePlainAsync(Uri address)
    {
        try
        {
            using var response = await SendAsync(address, Calls.Plain);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public static async Task VerifyAsync(Target target)
    {
        using var plain = await SendAsync(target.Address, Calls.Plain);
        var text = await plain.Content.ReadAsStringAsync();
        Require(target, plain.IsSuccessStatusCode && text.StartsWith('{') && text.Contains("total_tokens", StringComparison.Ordinal), text);

        using var streamed = await SendAsync(target.Address, Calls.Streamed);
        text = await streamed.Content.ReadAsStringAsync();
        Require(target, streamed.IsSuccessStatusCode && text.Split("\"delta\"").Length - 1 == CannedAnswers.EventCount && text.TrimEnd().EndsWith("data: [DONE]", StringComparison.Ordinal), text);
    }

    public static async Task VerifyAnthropicAsync(Target gateway)
    {
        using var response = await SendAsync(gateway.Address, Calls.Anthropic);
        var text = await response.Content.ReadAsStringAsync();
        Require(gateway, response.IsSuccessStatusCode && text.Contains("\"finish_reason\":\"stop\"", StringComparison.Ordinal), text);
    }

    /// <summary>A virtual key with a budget and limits that no benchmark exhausts.</summary>
    public static async Task<string> NewKeyAsync(Target gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "key/generate"))
        {
            Content = new StringContent(
                """{"key_alias":"bench","models":["bench","bench-priced"],"max_budget":1000000,"budget_duration":"30d","rpm_limit":1000000000,"tpm_limit":1000000000000,"max_parallel_requests":100000}""",
                Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Calls.MasterKey);
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Require(gateway, response.IsSuccessStatusCode, text);
        using var answer = JsonDocument.Parse(text);
        return answer.RootElement.GetProperty("key").GetString()!;
    }

    /// <summary>What the gateway says that it counted.</summary>
    public static async Task<string> MetricsAsync(Target gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address, "metrics"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Calls.MasterKey);
        using var response = await Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync(Uri address, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "v1/chat/completions"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Calls.MasterKey);
        return await Client.SendAsync(request);
    }

    private static void Require(Target target, bool condition, string answer)
    {
        if (!condition)
        {
            throw new RunVoidException($"{target.Name} answered wrongly:\n{answer}");
        }
    }
}
