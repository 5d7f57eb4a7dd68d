using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OpenAiCompatible;

/// <summary>
/// What single vendors stream beyond OpenAI's dialect, in the form of their documentation (https://api-docs.deepseek.com, https://console.groq.com/docs,
/// https://openrouter.ai/docs, https://docs.perplexity.ai, https://docs.x.ai, https://docs.mistral.ai): it reaches the client, and the usage is understood.
/// </summary>
public sealed class VendorTranscriptTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/OpenAiCompatible";

    public static TheoryData<string> Vendors => ["mistral", "deepseek", "groq", "openrouter", "perplexity", "xai"];

    [Theory]
    [InlineData("deepseek")]
    [InlineData("groq")]
    [InlineData("openrouter")]
    [InlineData("perplexity")]
    [InlineData("xai")]
    public void Every_byte_but_the_models_name_reaches_the_client(string vendor)
    {
        var transcript = Read(vendor);
        var model = transcript.Split("\"model\":\"")[1].Split('"')[0];

        // Comments pass in the pipeline, not in the dialect.
        var events = transcript.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.TrimEnd('\r')).Where(static line => line.StartsWith("data:", StringComparison.Ordinal));
        Assert.Equal(
            events.Select(line => line.Replace($"\"model\":\"{model}\"", "\"model\":\"claude\"", StringComparison.Ordinal)),
            Play(vendor).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Content_in_pieces_becomes_text_and_reasoning() => Golden.Matches($"{Folder}/Golden/mistral.chunks", Play("mistral"));

    [Theory]
    [MemberData(nameof(Vendors))]
    public void Where_the_network_cuts_does_not_matter(string vendor)
    {
        var transcript = Encoding.UTF8.GetBytes(Read(vendor));
        var expected = Data(Transcript.Play(Open(vendor), transcript, cut: 0));

        for (var cut = 1; cut <= transcript.Length; cut++) Assert.Equal(expected, Data(Transcript.Play(Open(vendor), transcript, cut)));
    }

    [Theory]
    [InlineData("mistral", 10, 46, 0, 0, "tool_calls")]
    [InlineData("deepseek", 18, 219, 4, 205, "stop")]
    [InlineData("groq", 45, 662, 0, 0, "stop")]
    [InlineData("openrouter", 18, 9, 0, 3, "stop")]
    [InlineData("perplexity", 10, 2, 0, 0, "stop")]
    [InlineData("xai", 32, 103, 6, 94, "stop")]
    public void The_usage_is_understood(string vendor, int input, int output, int cached, int reasoning, string finish)
    {
        var stream = Open(vendor);

        Transcript.Play(stream, Transcript.Events(Read(vendor)));

        Assert.Equal(new TokenUsage(input, output, cached, Reasoning: reasoning), stream.Facts.Usage);
        Assert.Equal(finish, stream.Facts.FinishReason);
    }

    /// <summary>What the events say: a line break that comes in two reads may pass as one, which says the same.</summary>
    private static IEnumerable<string> Data(string output) => Transcript.Events(output).Select(static read => Encoding.UTF8.GetString(read.Data.Span));

    private static string Play(string vendor) => Transcript.Play(Open(vendor), Transcript.Events(Read(vendor))).Output;

    private static IAnswerStream Open(string vendor) => OpenAiOperations.Of(ProviderRows.All.Single(row => row.Name == vendor))[Operation.Chat]
        .OpenStream(Calls.Call("{}", stream: true, includeUsage: true));

    private static string Read(string vendor) => Golden.Read($"{Folder}/Transcripts/{vendor}.sse");
}
