using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatKit.Gateway.Config;
using ChatKit.Gateway.Simulation;
using ChatKit.Gateway.Tests.Config;
using Xunit;

namespace ChatKit.Gateway.Tests.Simulation;

/// <summary>Past calls through a candidate configuration: with the real router, and with nobody called.</summary>
public sealed class RoutingSimulationTests
{
    private const string Same = "model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o } }]";

    [Fact]
    public void The_same_configuration_comes_to_the_same()
    {
        var report = Run(Same, Row(0, seconds: 2, cost: 0.0035m), Row(10, seconds: 4, cost: 0.0035m));

        var group = Assert.Single(report.Groups);
        Assert.Equal("m", group.Group);
        Assert.Equal(group.Logged, group.Simulated);
        Assert.Equal((2, 0.007m, 2.0, 4.0), (group.Simulated.Calls, group.Simulated.Cost, group.Simulated.MedianSeconds, group.Simulated.SlowSeconds));
        Assert.Equal((0, 0, 0), (group.Unknown, group.Unpriced, group.Assumed));
    }

    [Fact]
    public void A_cheaper_model_costs_less_and_takes_its_usual_time()
    {
        var report = Run(
            "model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o-mini } }, { model_name: other, litellm_params: { model: openai/gpt-4o-mini } }]",
            Row(0, seconds: 8, cost: 0.0035m),
            Row(20, seconds: 1, group: "other", model: "gpt-4o-mini", cost: 0.00021m));

        var group = report.Groups.Single(outcome => outcome.Group == "m");
        // 1 000 tokens at $0.15 and 100 at $0.60 per million; gpt-4o-mini took 0.01 s per token.
        Assert.Equal((0.0035m, 0.00021m), (group.Logged.Cost, group.Simulated.Cost));
        Assert.Equal(8.0, group.Logged.MedianSeconds);
        Assert.Equal(1.0, group.Simulated.MedianSeconds!.Value, 2);
        Assert.Equal(0, group.Assumed);
    }

    [Fact]
    public void A_failure_of_the_past_is_answered_by_a_second_deployment()
    {
        const string Two = """
            model_list:
              - { model_name: m, litellm_params: { model: openai/gpt-4o, order: 1 } }
              - { model_name: m, litellm_params: { model: anthropic/claude-sonnet-4-5, order: 2 } }
            router_settings: { num_retries: 0 }
            """;
        var failed = Row(0, seconds: 1, cost: 0, status: "failure");

        Assert.Equal((1, 1), Failed(Run("model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o } }]\nrouter_settings: { num_retries: 0 }", failed)));
        Assert.Equal((1, 0), Failed(Run(Two, failed)));

        static (int, int) Failed(SimulationReport report) => (report.Total.Logged.Failed, report.Total.Simulated.Failed);
    }

    [Fact]
    public void Calls_beyond_a_limit_are_counted_and_go_elsewhere()
    {
        var report = Run(
            """
            model_list:
              - { model_name: m, litellm_params: { model: openai/gpt-4o, rpm: 2, order: 1 } }
              - { model_name: m, litellm_params: { model: openai/gpt-4o, order: 2 }, model_info: { id: spare } }
            router_settings: { num_retries: 0, disable_cooldowns: true }
            """,
            [.. Enumerable.Range(0, 5).Select(i => Row(i))]);

        Assert.Equal((3, 0), (report.Total.Simulated.OverLimit, report.Total.Simulated.Failed));
    }

    [Fact]
    public void A_call_that_is_too_long_falls_back()
    {
        var report = Run(
            """
            model_list:
              - { model_name: m, litellm_params: { model: openai/gpt-4o }, model_info: { max_input_tokens: 500 } }
              - { model_name: long, litellm_params: { model: openai/gpt-4.1 } }
            router_settings: { enable_pre_call_checks: true, context_window_fallbacks: [{ m: [long] }] }
            """,
            Row(0));

        Assert.Equal((0, 1, 0), (report.Total.Logged.Fallbacks, report.Total.Simulated.Fallbacks, report.Total.Simulated.Failed));
    }

    [Fact]
    public void Tags_of_the_past_lead_where_they_would()
    {
        const string Yaml = """
            model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o, tags: [paid] } }]
            router_settings: { enable_tag_filtering: true }
            """;

        Assert.Equal(0, Run(Yaml, Row(0, tags: "[\"paid\"]")).Total.Simulated.Failed);
        Assert.Equal(1, Run(Yaml, Row(0, tags: "[\"free\"]")).Total.Simulated.Failed);
    }

    [Fact]
    public void A_call_waits_in_line_for_a_place()
    {
        var report = Run(
            "model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o, max_parallel_requests: 1 } }]",
            Row(0, seconds: 2), Row(0, seconds: 2), Row(0, seconds: 2));

        Assert.Equal(4.0, report.Total.Simulated.MedianSeconds!.Value, 2);
        Assert.Equal(6.0, report.Total.Simulated.SlowSeconds!.Value, 2);
    }

    [Fact]
    public void A_call_beyond_its_time_limit_fails()
    {
        var report = Run("model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o, timeout: 5 } }]\nrouter_settings: { num_retries: 0 }", Row(0, seconds: 60), Row(100, seconds: 4));

        Assert.Equal((1, 4.0), (report.Total.Simulated.Failed, report.Total.Simulated.SlowSeconds));
    }

    [Fact]
    public void What_the_log_and_the_catalogue_do_not_know_is_said()
    {
        var report = Run(
            "model_list: [{ model_name: m, litellm_params: { model: hosted_vllm/own, api_base: http://x } }]",
            Row(0, seconds: 3), Row(10, group: "gone"));

        Assert.Equal((1, 1, 1), (report.Total.Unknown, report.Total.Unpriced, report.Total.Assumed));
        Assert.Equal((1, 3.0), (report.Total.Simulated.Failed, report.Total.Simulated.MedianSeconds));
    }

    [Fact]
    public void A_deployment_is_known_by_its_id()
    {
        var report = Run(
            "model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o }, model_info: { id: d-1 } }]",
            """{"model_group":"m","model":"renamed-since","model_id":"d-1","startTime":"2026-11-01 12:00:00","endTime":"2026-11-01 12:00:07","prompt_tokens":1,"completion_tokens":1,"spend":0}""");

        Assert.Equal((7.0, 0), (report.Total.Simulated.MedianSeconds, report.Total.Assumed));
    }

    [Fact]
    public void Lines_that_are_no_call_are_named_and_the_rest_is_replayed()
    {
        var report = Run(
            Same,
            "no json",
            Row(0),
            "",
            """{"startTime":"2026-11-01T12:00:00Z","endTime":"2026-11-01T12:00:01Z"}""",
            """{"model":"x","endTime":"2026-11-01T12:00:01Z"}""",
            """{"model":"x","startTime":"2026-11-01T12:00:02Z","endTime":"2026-11-01T12:00:01Z"}""",
            """{"model":"x","startTime":"2026-11-01T12:00:00Z","endTime":"2026-11-01T12:00:01Z","prompt_tokens":-1}""",
            """{"model":"x","startTime":"2026-11-01T12:00:00Z","endTime":"2026-11-01T12:00:01Z","prompt_tokens":"many"}""",
            "null",
            "[1]");

        Assert.Equal(1, report.Total.Logged.Calls);
        Assert.Equal([1, 4, 5, 6, 7, 8, 9, 10], report.Problems.Select(problem => int.Parse(problem.Split(' ', ':')[1], CultureInfo.InvariantCulture)));
        Assert.Equal("line 4: has neither model_group nor model", report.Problems[1]);
        Assert.Equal("line 6: endTime is before startTime", report.Problems[3]);
    }

    [Fact]
    public void Cached_tokens_and_statuses_are_read_from_the_metadata()
    {
        var cached = Run(Same, Row(0, metadata: """{"usage_object":{"prompt_tokens_details":{"cached_tokens":400}}}"""));
        var limited = Run(Same, Row(0, status: "failure", metadata: "\"{\\\"error_information\\\":{\\\"error_code\\\":\\\"429\\\"}}\""));

        // 600 at $2.50, 400 at $1.25, 100 at $10 per million.
        Assert.Equal(0.0030m, cached.Total.Simulated.Cost);
        Assert.Equal(1, limited.Total.Logged.OverLimit);
    }

    [Fact]
    public void Ten_thousand_calls_come_to_the_same_twice()
    {
        const string Mixed = """
            model_list:
              - { model_name: m, litellm_params: { model: openai/gpt-4o, rpm: 300, weight: 3 } }
              - { model_name: m, litellm_params: { model: anthropic/claude-sonnet-4-5, weight: 1, max_parallel_requests: 4 } }
            """;
        var rows = Enumerable.Range(0, 10_000)
            .Select(i => Row(i * 1.0, seconds: 1 + (i % 7), model: i % 3 == 0 ? "claude-sonnet-4-5" : "gpt-4o", provider: i % 3 == 0 ? "anthropic" : "openai", status: i % 50 == 0 ? "failure" : "success"))
            .ToArray();

        var (first, second) = (Run(Mixed, rows), Run(Mixed, rows));

        Assert.Equal(first.Groups, second.Groups);
        Assert.Equal(10_000, first.Total.Simulated.Calls);
        Assert.True(first.Total.Simulated.Failed < first.Total.Logged.Failed, $"{first.Total.Simulated.Failed} of {first.Total.Logged.Failed} fail still");
    }

    [Fact]
    public void Nobody_is_called()
    {
        using var provider = new TcpListener(IPAddress.Loopback, 0);
        provider.Start();
        Run($"model_list: [{{ model_name: m, litellm_params: {{ model: openai/gpt-4o, api_base: 'http://127.0.0.1:{((IPEndPoint)provider.LocalEndpoint).Port}' }} }}]", Row(0));

        Assert.False(provider.Pending());
    }

    [Fact]
    public void A_configuration_that_cannot_be_used_says_why()
    {
        var refusal = Assert.Throws<GatewayConfigurationException>(() => Run("model_list: [{ model_name: m, litellm_params: { model: nobody/x } }]"));

        Assert.Contains("nobody", refusal.Message, StringComparison.Ordinal);
    }

    private static SimulationReport Run(string yaml, params string[] lines)
    {
        using var folder = new ConfigFolder().With("config.yaml", yaml);
        return RoutingSimulation.Run(folder.Configuration(), new StringReader(string.Join('\n', lines)));
    }

    private static string Row(
        double at, double seconds = 1, string group = "m", string model = "gpt-4o", string provider = "openai", decimal cost = 0.0035m, string status = "success", string metadata = "{}", string tags = "[]")
    {
        var start = new DateTime(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc).AddSeconds(at);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"model_group":"{{group}}","model":"{{model}}","custom_llm_provider":"{{provider}}","startTime":"{{start:O}}","endTime":"{{start.AddSeconds(seconds):O}}","prompt_tokens":1000,"completion_tokens":100,"spend":{{cost}},"status":"{{status}}","request_tags":{{tags}},"metadata":{{metadata}}}""");
    }
}
