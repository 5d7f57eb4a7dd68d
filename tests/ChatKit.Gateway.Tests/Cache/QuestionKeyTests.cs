using System.Text;
using ChatKit.Gateway.Cache;
using ChatKit.Gateway.Wire.Json;
using Xunit;

namespace ChatKit.Gateway.Tests.Cache;

/// <summary>Which requests are the same question.</summary>
public sealed class QuestionKeyTests
{
    private const string Asked = """{"model":"gpt","messages":[{"role":"user","content":"hé"}],"temperature":1,"seed":7}""";

    [Theory]
    [InlineData("""{"seed":7,"temperature":1,"messages":[{"role":"user","content":"hé"}],"model":"gpt"}""", "order of members")]
    [InlineData("""{ "model": "gpt", "messages": [ {"content":"hé", "role":"user"} ], "temperature": 1, "seed": 7 }""", "white space, order inside")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"h\u00e9"}],"temperature":1.0,"seed":7e0}""", "escapes, spelling of numbers")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hé"}],"temperature":1,"seed":7,"stream":true,"stream_options":{"include_usage":true}}""", "how it comes")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hé"}],"temperature":1,"seed":7,"user":"u","metadata":{"a":1},"tags":["x"],"timeout":3,"litellm_x":1,"cache":{"ttl":1}}""", "who and which way")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hé"}],"temperature":1,"seed":7,"stop":null}""", "a member that says nothing")]
    public void What_means_the_same_has_the_same_key(string body, string because) => Assert.True(KeyOf(Asked) == KeyOf(body), because);

    [Theory]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"he"}],"temperature":1,"seed":7}""")]
    [InlineData("""{"model":"gpt","messages":[{"role":"system","content":"hé"}],"temperature":1,"seed":7}""")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hé"}],"temperature":1.1,"seed":7}""")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hé"}],"temperature":1,"seed":"7"}""")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hé"}],"temperature":1}""")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hé"}],"temperature":1,"seed":7,"tools":[]}""")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hé"}],"temperature":1,"seed":7,"drop_params":true}""")]
    public void What_means_something_else_has_another(string body) => Assert.NotEqual(KeyOf(Asked), KeyOf(body));

    [Fact]
    public void Another_operation_group_model_owner_header_or_attachment_is_another_question()
    {
        var question = QuestionOf(Asked);

        Question[] others =
        [
            question with { Operation = "messages" }, question with { Group = "g2" }, question with { Model = "alias" }, question with { Owner = "key2" },
            question with { Headers = ["anthropic-beta: x"] }, question with { Attachment = new byte[] { 1 } },
        ];
        Assert.Equal(others.Length + 1, others.Append(question).Select(QuestionKey.Of).Distinct().Count());
    }

    [Fact]
    public void Pieces_do_not_run_into_each_other()
    {
        Assert.NotEqual(KeyOf("""{"input":["ab","c"]}"""), KeyOf("""{"input":["a","bc"]}"""));
        Assert.NotEqual(KeyOf("""{"a":{"b":1},"c":2}"""), KeyOf("""{"a":{"b":1,"c":2}}"""));
        Assert.NotEqual(KeyOf("""{"input":[["a"],"b"]}"""), KeyOf("""{"input":[["a","b"]]}"""));
        Assert.NotEqual(QuestionKey.Of(QuestionOf(Asked) with { Operation = "ab", Group = "c" }), QuestionKey.Of(QuestionOf(Asked) with { Operation = "a", Group = "bc" }));
    }

    [Fact]
    public void Numbers_that_a_double_cannot_tell_apart_are_told_apart() =>
        Assert.NotEqual(KeyOf("""{"input":[12345678901234567890]}"""), KeyOf("""{"input":[12345678901234567891]}"""));

    [Fact]
    public void Half_a_character_and_a_long_name_are_told_apart_too()
    {
        Assert.NotEqual(KeyOf("""{"input":"\ud800"}"""), KeyOf("""{"input":"\ud801"}"""));
        var name = new string('n', 80);
        Assert.NotEqual(KeyOf($$$"""{"input":{"{{{name}}}1":0}}"""), KeyOf($$$"""{"input":{"{{{name}}}2":0}}"""));
        Assert.NotEqual(KeyOf($$$"""{"{{{name}}}1":0}"""), KeyOf($$$"""{"{{{name}}}2":0}"""));
    }

    private static string KeyOf(string body) => QuestionKey.Of(QuestionOf(body));

    private static Question QuestionOf(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var members = new List<JsonMember>();
        JsonMembers.Read(bytes, members);
        return new Question("chat", "g", "gpt", "key", [], bytes, members);
    }
}
