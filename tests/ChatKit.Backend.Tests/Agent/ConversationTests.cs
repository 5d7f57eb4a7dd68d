using System.Text.Json;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Agent;
using OpenAI.Chat;
using Xunit;

namespace ChatKit.Backend.Tests.Agent;

public sealed class ConversationTests
{
    [Fact]
    public void Sides_alternate_whatever_the_thread_holds()
    {
        var messages = Read(
            User("one"), User("two"),
            Said("three"), Said("four"), Said("  "),
            new SdkHiddenContext { Id = "h", ThreadId = "t", CreatedAt = default, Content = "note" },
            User("five"));

        Assert.Equal(["user: one\n\ntwo", "assistant: three\n\nfour", "user: <hidden_context>\nnote\n</hidden_context>\n\nfive"], messages);
    }

    [Fact]
    public void A_hidden_item_s_content_may_be_any_json() =>
        Assert.Equal(
            ["user: <hidden_context>\n{\"a\":[1]}\n</hidden_context>\n\n<hidden_context>\nplain\n</hidden_context>"],
            Read(Hidden("""{"a":[1]}"""), Hidden("\"plain\"")));

    [Fact]
    public void Pending_work_of_the_client_never_reaches_the_model_and_done_work_does()
    {
        var pending = new ClientToolCall
        {
            Id = "tc",
            ThreadId = "t",
            CreatedAt = default,
            Status = ToolCallStatus.Pending,
            CallId = "call_1",
            Name = "look",
            Arguments = JsonDocument.Parse("{}").RootElement,
        };
        var done = pending with { Status = ToolCallStatus.Completed, Output = JsonDocument.Parse("\"a cat\"").RootElement };

        Assert.Equal(["user: Hi"], Read(User("Hi"), pending));
        Assert.Equal(["user: Hi\n\n<hidden_context>\nlook({}) returned \"a cat\"\n</hidden_context>"], Read(User("Hi"), done));
    }

    [Fact]
    public void A_filled_form_reads_as_questions_and_answers()
    {
        var form = new StructuredInput
        {
            Id = "si",
            ThreadId = "t",
            CreatedAt = default,
            Status = StructuredInputStatus.Answered,
            Inputs =
            [
                new Freeform { Id = "a", Text = "Where?", Answer = new Answer(["Here", "there"], Skipped: false) },
                new Freeform { Id = "b", Text = "When?", Answer = Answer.None },
            ],
        };

        Assert.Equal(["user: Where?\nHere, there\n\nWhen?\n(no answer)"], Read(form));
        Assert.Empty(Read(form with { Status = StructuredInputStatus.Pending }));
    }

    private static List<string> Read(params ThreadItem[] items)
    {
        var messages = Conversation.ToMessages("system", items, new Dictionary<string, ChatMessageContentPart>(), withTools: true);
        Assert.IsType<SystemChatMessage>(messages[0]);
        return [.. messages.Skip(1).Select(message => $"{(message is UserChatMessage ? "user" : "assistant")}: {message.Content[0].Text}")];
    }

    private static UserMessage User(string text) => new()
    {
        Id = "u",
        ThreadId = "t",
        CreatedAt = default,
        Content = [new InputText(text)],
        Attachments = [],
        InferenceOptions = new InferenceOptions(),
    };

    private static AssistantMessage Said(string text) => new() { Id = "a", ThreadId = "t", CreatedAt = default, Content = [new OutputText(text, [])] };

    private static HiddenContext Hidden(string json) =>
        new() { Id = "h", ThreadId = "t", CreatedAt = default, Content = JsonDocument.Parse(json).RootElement };
}
