using System.Text.Json;
using Xunit;

namespace ChatKit.Cli.Tests.Commands;

public sealed class SimulateTests : IDisposable
{
    private const string Row =
        """{"model_group":"m","model":"gpt-4o","custom_llm_provider":"openai","startTime":"2026-11-01T12:00:00Z","endTime":"2026-11-01T12:00:02Z","prompt_tokens":1000,"completion_tokens":100,"spend":0.0035,"status":"success"}""";

    private readonly TempFolder _folder = new TempFolder()
        .With("new.yaml", "model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o-mini, api_key: os.environ/NOBODY_HAS_THIS } }]")
        .With("spend.jsonl", $"{Row}\nno json\n");

    [Fact]
    public async Task It_prints_a_line_per_group_and_what_the_figures_rest_on()
    {
        var result = await CliProcess.RunAsync(_folder.Root, ["simulate", "--config", "new.yaml", "--log", "spend.jsonl"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Matches(@"m +1 +0\.0035 → 0\.0002 +0 +0 +0 +2\.00 +2\.00", result.Output);
        Assert.Contains("1 calls went to a model of which the log knows nothing", result.Output, StringComparison.Ordinal);
        Assert.Contains("! line 2: is not a JSON object", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_prints_the_same_for_programs()
    {
        var result = await CliProcess.RunAsync(_folder.Root, ["simulate", "--config", "new.yaml", "--log", "spend.jsonl", "--json"]);

        using var json = JsonDocument.Parse(result.Output);
        var total = json.RootElement.GetProperty("total");
        Assert.Equal(0.0035m, total.GetProperty("logged").GetProperty("cost").GetDecimal());
        Assert.Equal(0.00021m, total.GetProperty("simulated").GetProperty("cost").GetDecimal());
        Assert.Equal(-0.00329m, total.GetProperty("delta").GetProperty("cost").GetDecimal());
        Assert.Single(json.RootElement.GetProperty("problems").EnumerateArray());
    }

    [Theory]
    [InlineData("new.yaml", "nobody.jsonl", "cannot be read")]
    [InlineData("new.yaml", "new.yaml", "holds no call: line 1:")]
    [InlineData("nobody.yaml", "spend.jsonl", "nobody.yaml")]
    public async Task What_cannot_be_is_one_sentence(string config, string log, string said)
    {
        var result = await CliProcess.RunAsync(_folder.Root, ["simulate", "--config", config, "--log", log]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(said, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
