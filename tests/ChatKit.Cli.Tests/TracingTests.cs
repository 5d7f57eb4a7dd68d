using ChatKit.Cli.Tests.Up;
using ChatKit.Testing.Otlp;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Cli.Tests;

/// <summary>One trace from the page's request to the provider, as a collector sees it.</summary>
public sealed class TracingTests : IDisposable
{
    private static readonly (string, string) AnyPort = ("ASPNETCORE_URLS", "http://127.0.0.1:0");

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Backend_gateway_and_attempt_are_one_trace_across_processes()
    {
        await using var receiver = await OtlpReceiver.StartGrpcAsync();
        await using var provider = await FakeUpstream.StartAsync();
        (string, string)[] telemetry = [.. receiver.Environment.Select(pair => (pair.Key, pair.Value!)), AnyPort];
        _folder.With("config.yaml", $"model_list:\n  - model_name: gpt\n    litellm_params: {{ model: openai/gpt-4o, api_base: \"{provider.ApiBase}\", api_key: \"{provider.ApiKey}\" }}\n");
        _folder.With(".env", "MODEL_PROVIDER=litellm\nLITELLM_API_KEY=sk-litellm-proxy\nDATABASE_URL=sqlite:///./data/chatkit.db\nCONFIG_FILE_PATH=config.yaml\n");
        Assert.Equal(0, (await CliProcess.RunAsync(_folder.Root, ["migrate"])).ExitCode);
        await using var gateway = CliProcess.StartService("ChatKit.Gateway", _folder.Root, telemetry);
        var gatewayUrl = Address(await gateway.LineAsync(line => line.Contains("istening on", StringComparison.Ordinal)));
        await using var backend = CliProcess.StartService("ChatKit.Backend", _folder.Root, [.. telemetry, ("LITELLM_API_BASE", gatewayUrl)]);
        using var chat = new ChatClient(Address(await backend.LineAsync(line => line.Contains("istening on", StringComparison.Ordinal))));

        await chat.SendAsync(ChatClient.FirstMessage);

        await receiver.WaitForAsync(_ => Spans(receiver, "POST /chatkit").Length > 0);
        var page = Assert.Single(Spans(receiver, "POST /chatkit"));
        Assert.Equal(("chatkit-backend", SpanKind.Server), (page.Service, page.Kind));
        await receiver.WaitForAsync(_ => Chain(receiver, page).Length == 4);
        Assert.Equal(
            [
                ("chatkit-backend", "POST /chatkit", SpanKind.Server),
                ("chatkit-backend", "POST", SpanKind.Client),
                ("chatkit-gateway", "POST /v1/chat/completions", SpanKind.Server),
                ("chatkit-gateway", "chat gpt-4o", SpanKind.Client),
            ],
            Chain(receiver, page).Select(span => (span.Service, span.Name, span.Kind)));
    }

    [Fact]
    public async Task Up_is_one_service_whose_spans_arrive_once()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var up = await RunningUp.StartAsync(_folder.Root, [], [.. receiver.Environment.Select(pair => (pair.Key, pair.Value!))]);

        await up.Chat.SendAsync(ChatClient.FirstMessage);

        await receiver.WaitForAsync(_ => Spans(receiver, "POST /chatkit").Length > 0);
        var page = Assert.Single(Spans(receiver, "POST /chatkit"));
        await receiver.WaitForAsync(_ => Chain(receiver, page).Length == 4);
        Assert.All(receiver.Spans, span => Assert.Equal("chatkit", span.Service));
        Assert.Equal(receiver.Spans.Count, receiver.Spans.Select(span => span.SpanId).Distinct().Count());
    }

    public void Dispose() => _folder.Dispose();

    private static ReceivedSpan[] Spans(OtlpReceiver receiver, string name) => [.. receiver.Spans.Where(span => span.Name == name)];

    /// <summary>From a span down to the attempt at the provider, parent to child.</summary>
    private static ReceivedSpan[] Chain(OtlpReceiver receiver, ReceivedSpan root)
    {
        var attempt = receiver.Spans.FirstOrDefault(span => span.TraceId == root.TraceId && span.Source == "ChatKit.Gateway");
        var chain = new List<ReceivedSpan>();
        for (var span = attempt; span is not null; span = receiver.Spans.FirstOrDefault(candidate => candidate.SpanId == span.ParentId))
            chain.Insert(0, span);
        return chain.FirstOrDefault()?.SpanId == root.SpanId ? [.. chain] : [];
    }

    private static string Address(string line) => line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0];
}
