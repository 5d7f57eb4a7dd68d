using System.Text.Json;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Threads;
using Xunit;

namespace ChatKit.Backend.Tests.Threads;

public sealed class FilledFormTests
{
    private static readonly StructuredInput Form = new()
    {
        Id = "si_1",
        ThreadId = "thr_1",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Status = StructuredInputStatus.Pending,
        Inputs =
        [
            new MultipleChoice { Id = "one", Text = "One?", Options = [new("a"), new("b")] },
            new MultipleChoice { Id = "many", Text = "Many?", Options = [new("a"), new("b")], Multiple = true },
            new Freeform { Id = "free", Text = "Why?" },
        ],
    };

    [Theory]
    [InlineData("""{}""", "answered", "one skipped, many skipped, free skipped")]
    [InlineData("""{"status":"skipped","answers":{"one":{"values":["a"]}}}""", "skipped", "one skipped, many skipped, free skipped")]
    [InlineData("""{"answers":{"one":{"values":["b","a"]},"many":{"values":["b","a"]},"free":{"values":["because"]}}}""", "answered", "one b, many b+a, free because")]
    [InlineData("""{"answers":{"one":{"values":["my own"]},"many":{"values":[]},"free":{"values":["x"],"skipped":true}}}""", "answered", "one my own, many skipped, free skipped")]
    [InlineData("""{"answers":{"ghost":{"values":["boo"]},"one":{}}}""", "answered", "one skipped, many skipped, free skipped")]
    public void What_is_sent_is_fitted_to_what_was_asked(string sent, string status, string answers)
    {
        var filled = FilledForm.From(Form, JsonSerializer.Deserialize(sent, Wire.Json.StructuredAnswers)!);

        Assert.Equal(status, filled.Status.ToString(), ignoreCase: true);
        Assert.Equal(answers, string.Join(", ", filled.Inputs.Select(question =>
            $"{question.Id} {(question.Answer!.Skipped ? "skipped" : string.Join('+', question.Answer.Values))}")));
    }
}
