using System.Net.Http.Headers;
using System.Text;
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
