using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Tests.Hosting;
using Xunit;

namespace ChatKit.Gateway.Tests.Chaos;

/// <summary>One call: what it asks, and whether what came is what could have come.</summary>
/// <param name="Number">Its number, which is its question too.</param>
/// <param name="Group">Whom it asks.</param>
/// <param name="Kind">What kind of call it is.</param>
internal sealed record ChaosCall(int Number, string Group, ChaosCallKind Kind)
{
    public string Id => $"call-{Number}";

    private string Question => $"[{Number}]";

    private bool IsStream => Kind is ChaosCallKind.Streamed or ChaosCallKind.Leaving or ChaosCallKind.TwoChoices;

    private string Body =>
        $$"""{"model":"{{Model}}","messages":[{"role":"user","content":"{{Question}}"}],"stream":{{(IsStream ? "true" : "false")}}{{Extra}}}""";

    private string Model => Kind is ChaosCallKind.UnknownModel ? "nobody" : Group;

    private string Extra => Kind switch
    {
        ChaosCallKind.Refused => ",\"temperature\":\"hot\"",
        ChaosCallKind.TwoChoices => ",\"n\":2",
        _ => "",
    };

    /// <summary>Makes the call and checks what the client sees.</summary>
    /// <returns>True where it was answered whole.</returns>
    public async Task<bool> RunAsync(GatewayHost gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-litellm-call-id", Id);
        using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        // Who leaves has seen the head, and no more.
        if (Kind is ChaosCallKind.Leaving) return false;
        Assert.Equal(Id, response.Headers.GetValues("x-litellm-call-id").Single());
        if (Kind is ChaosCallKind.Refused or ChaosCallKind.UnknownModel)
        {
            Assert.Equal(400, (await ErrorAnswer.ReadAsync(response)).Status);
            return false;
        }

        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, $"{this}: {(int)response.StatusCode} {body}");
        return IsStream ? CheckStream(body) : CheckWhole(JsonDocument.Parse(body).RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    private bool CheckStream(string body)
    {
        var events = body.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..]).ToList();
        var chunks = events.Where(data => data[0] == '{' && !data.StartsWith("{\"error\"", StringComparison.Ordinal)).Select(data => JsonDocument.Parse(data).RootElement).ToList();
        var text = string.Concat(chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray())
            .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var piece) ? piece.GetString() : ""));
        if (events[^1] is "[DONE]")
        {
            Assert.Single(events, data => data is "[DONE]");
            return CheckWhole(text);
        }

        // It broke off after it had begun, and nobody was to go on with it.
        Assert.True(Group is "without-net" || Kind is ChaosCallKind.TwoChoices, $"{this} broke off: {body}");
        Assert.Equal($"{Question} is"[..text.Length], text);
        ErrorAnswer.Parse(200, events[^1]);
        Assert.DoesNotContain("[DONE]", events);
        return false;
    }

    private bool CheckWhole(string? text)
    {
        Assert.Equal($"{Question} is {Question}", text);
        return true;
    }
}

internal enum ChaosCallKind
{
    Plain,
    Streamed,

    /// <summary>A stream that nobody could go on with.</summary>
    TwoChoices,

    /// <summary>A call that every provider refuses.</summary>
    Refused,
    UnknownModel,

    /// <summary>A client that goes away at the first byte.</summary>
    Leaving,
}
