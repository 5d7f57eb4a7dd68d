using System.Text.Json;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace OwnAssistant;

/// <summary>Sells tea, and shows while doing so everything that an assistant can do. No model is asked.</summary>
public sealed class TeaRoom(TimeProvider time) : Assistant
{
    private static readonly string[] Teas = ["Assam", "Darjeeling", "Sencha"];

    protected override async Task AnswerAsync(AnswerWriter answer, CancellationToken cancel)
    {
        var wish = string.Concat(answer.Input?.Content.OfType<InputText>().Select(part => part.Text) ?? []);
        await (answer.Input is null ? GoOnAsync(answer, cancel)
            : wish.Contains("menu", StringComparison.OrdinalIgnoreCase) ? ShowMenuAsync(answer, cancel)
            : wish.Contains("order", StringComparison.OrdinalIgnoreCase) ? TakeOrderAsync(answer)
            : wish.Contains("near", StringComparison.OrdinalIgnoreCase) ? FindRoomAsync(answer)
            : AdviseAsync(answer, wish, cancel));
    }

    /// <summary>A button of the menu: its widget is shown anew.</summary>
    protected override async Task ActAsync(AnswerWriter answer, SentAction action, CancellationToken cancel)
    {
        var tea = action.Action.Payload?.GetProperty("tea").GetString();
        if (action.Sender is { } menu)
            await answer.ReplaceAsync(menu with { Widget = Menu($"You chose **{tea}**.", streaming: false) });
        await answer.SayAsync($"One {tea}, coming up.");
    }

    /// <summary>A workflow with steps, then text as it comes, with its source.</summary>
    private async Task AdviseAsync(AnswerWriter answer, string wish, CancellationToken cancel)
    {
        var workflow = await answer.BeginWorkflowAsync(WorkflowKind.Reasoning);
        await workflow.AddAsync(new ThoughtTask { Title = "Listening", Content = $"They said: “{wish}”." });
        var look = await workflow.AddAsync(new CustomTask { Title = "Looking at the shelf", Icon = "search", StatusIndicator = TaskStatusIndicator.Loading });
        await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancel);
        await look.UpdateAsync(look.Task with { StatusIndicator = TaskStatusIndicator.Complete });

        var message = await answer.BeginMessageAsync();
        foreach (var word in "Have a cup of Sencha. Ask for the *menu*, *order* something, or ask which tea room is *near* you.".Split(' '))
            await message.WriteAsync(word + " ");
        await message.CiteAsync(new UrlSource { Title = "Sencha", Url = "https://en.wikipedia.org/wiki/Sencha" });
        answer.Thread.Title ??= "Tea";
    }

    /// <summary>A widget that grows while it is shown; only what is new is sent.</summary>
    private async Task ShowMenuAsync(AnswerWriter answer, CancellationToken cancel)
    {
        await answer.ProgressAsync("Writing the menu …");
        await answer.ShowWidgetAsync(States(), copyText: string.Join(", ", Teas), cancel);

        async IAsyncEnumerable<Widget> States()
        {
            var text = "";
            foreach (var tea in Teas)
            {
                yield return Menu(text += $"- {tea}\n", streaming: true);
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancel);
            }

            yield return Menu(text, streaming: false);
        }
    }

    /// <summary>A form. The answers begin the next turn, which has no message.</summary>
    private static async Task TakeOrderAsync(AnswerWriter answer)
    {
        await answer.NoticeAsync(NoticeLevel.Info, "The kitchen closes at **six**.");
        await answer.AskAsync(
            new MultipleChoice { Id = "tea", Text = "Which tea?", Options = [.. Teas.Select(tea => new ChoiceOption(tea))] },
            new Freeform { Id = "name", Text = "For whom?", Description = "The name that we call." });
    }

    /// <summary>A tool of the page that embeds the chat. Its output begins the next turn.</summary>
    private static Task FindRoomAsync(AnswerWriter answer) =>
        answer.CallClientToolAsync("get_location", JsonDocument.Parse("""{"precision":"city"}""").RootElement);

    /// <summary>What was waited for is the newest of the history.</summary>
    private static async Task GoOnAsync(AnswerWriter answer, CancellationToken cancel)
    {
        var newest = (await answer.HistoryAsync(1, cancel))[^1];
        await answer.SayAsync(newest switch
        {
            StructuredInput { Status: StructuredInputStatus.Answered } form => $"Thank you: {string.Join(", ", form.Inputs.SelectMany(input => input.Answer?.Values ?? []))}.",
            StructuredInput => "Another time, then.",
            ClientToolCall { Output: { } output } => $"There is a tea room at {output}.",
            _ => throw new ResponderException("Sorry, where were we?", allowRetry: false),
        });
    }

    private static Widget Menu(string text, bool streaming)
    {
        var buttons = string.Join(',', Teas.Select(tea =>
            $$$"""{"type":"Button","label":"{{{tea}}}","onClickAction":{"type":"choose","payload":{"tea":"{{{tea}}}"} } }"""));
        return Widget.Parse(
            $$"""
            {"type":"Card","children":[
              {"type":"Markdown","id":"teas","value":{{JsonSerializer.Serialize(text, SampleJson.Default.String)}},"streaming":{{(streaming ? "true" : "false")}}},
              {"type":"Row","children":[{{buttons}}]}]}
            """);
    }
}
