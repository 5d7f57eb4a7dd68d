using System.Text.Json.Nodes;
using ChatKit.Browser.Tests.Browsing;
using ChatKit.Browser.Tests.Fake;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests.Items;

/// <summary>Workflows, forms, calls of the page's tools, generated images, notices: everything in a thread that is no message and no widget.</summary>
public sealed class ItemTests(Chromium chromium) : PageTest(chromium)
{
    [SkippableFact]
    public async Task A_workflow_shows_the_step_that_runs_and_unfolds_to_all_of_them()
    {
        var answer = Server.NextAnswer();
        await Chat.OpenAsync();
        await Chat.SendAsync("Which ferry?");
        var empty = WidgetSamples.Workflow();
        empty["workflow"]!["tasks"] = new JsonArray();
        answer.Begin(empty);
        var workflow = Page.Locator("details.workflow");
        await Expect(workflow.Locator("summary")).ToHaveTextAsync("Working…");

        answer.Update("wf_1", """{"type":"workflow.task.added","task_index":0,"task":{"type":"custom","title":"Reading the timetable","status_indicator":"loading"}}""");
        await Expect(workflow.Locator("summary")).ToHaveTextAsync("Reading the timetable");
        answer.Update("wf_1", """{"type":"workflow.task.updated","task_index":0,"task":{"type":"custom","title":"Read the timetable","status_indicator":"complete"}}""");
        await workflow.Locator("summary").ClickAsync();
        await Expect(workflow.Locator(".task-title")).ToHaveTextAsync("Read the timetable");
        var done = WidgetSamples.Workflow(summary: ""","summary":{"duration":75}""");
        answer.Put(done).Say("The night ferry.").End();

        await Expect(workflow.Locator("summary")).ToHaveTextAsync("Thought for 1 min 15 s");
        await Expect(workflow.Locator(".task")).ToHaveCountAsync(4);
        await Expect(workflow.GetByRole(AriaRole.Link, new() { Name = "Ferries from Oslo" })).ToHaveAttributeAsync("href", "https://ferries.example/oslo");
        await Expect(workflow.Locator("strong")).ToHaveTextAsync("slower");
    }

    [SkippableFact]
    public async Task A_task_may_stand_alone()
    {
        var thread = Server.AddThread("Alone").With(new JsonObject { ["type"] = "task", ["task"] = JsonNode.Parse("""{"type":"web_search","title_query":"ferries"}""") });

        await Chat.OpenAsync(thread.Id);

        await Expect(Page.GetByText("Searching for ferries")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task Questions_are_answered_by_choice_or_in_ones_own_words_and_each_can_be_left_out()
    {
        var thread = Server.AddThread("Trip").WithExchange("Plan a trip", "Gladly.").With(WidgetSamples.Questions());
        Server.WillAnswer("So be it.");
        await Chat.OpenAsync(thread.Id);

        await Page.GetByRole(AriaRole.Radio, new() { Name = "In autumn" }).CheckAsync();
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Walks" }).CheckAsync();
        await Page.GetByLabel("Another answer to: What do you like?").FillAsync("Birds");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send answers" }).ClickAsync();

        await Expect(Chat.Answers.Last).ToHaveTextAsync("So be it.");
        Assert.Equal(
            """{"status":"answered","answers":{"q1":{"values":["In autumn"],"skipped":false},"q2":{"values":["Walks","Birds"],"skipped":false},"q3":{"values":[],"skipped":true}}}""",
            Server.Last("threads.add_structured_input")["input"]!.ToJsonString());
        await Expect(Page.Locator(".answers dd")).ToHaveTextAsync(["In autumn", "Walks and Birds", "Skipped"]);
    }

    [SkippableFact]
    public async Task All_questions_can_be_skipped_at_once()
    {
        var thread = Server.AddThread("Trip").With(WidgetSamples.Questions());
        await Chat.OpenAsync(thread.Id);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Skip all" }).ClickAsync();

        await Expect(Page.GetByText("You skipped these questions.")).ToBeVisibleAsync();
        Assert.Equal("""{"status":"skipped","answers":{}}""", Server.Last("threads.add_structured_input")["input"]!.ToJsonString());
    }

    [SkippableFact]
    public async Task A_tool_that_the_page_has_runs_by_itself_and_the_answer_goes_on()
    {
        Server.NextAnswer().Put(WidgetSamples.Call("get_client_context", "{}")).End();
        Server.WillAnswer("Good morning.");
        await Chat.OpenAsync();

        await Chat.SendAsync("hi");

        await Expect(Chat.Answers).ToHaveTextAsync("Good morning.");
        Assert.Equal("en-US", Server.Last("threads.add_client_tool_output")["result"]!["language"]!.GetValue<string>());
        await Expect(Page.GetByText("This page answered")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_tool_that_the_page_has_not_is_answered_by_the_person_or_declined()
    {
        Server.NextAnswer().Put(WidgetSamples.Call("open_door")).End();
        Server.NextAnswer().Put(WidgetSamples.Call("open_gate", id: "tc_2")).End();
        Server.WillAnswer("Then not.");
        await Chat.OpenAsync();
        await Chat.SendAsync("open");

        await Page.GetByLabel("Your answer, as text or JSON").FillAsync("""{"opened":true}""");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send answer" }).ClickAsync();
        await Expect(Page.GetByText("open_gate")).ToBeVisibleAsync();
        Assert.Equal("""{"opened":true}""", Server.Last("threads.add_client_tool_output")["result"]!.ToJsonString());
        await Page.GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();

        await Expect(Chat.Answers).ToHaveTextAsync("Then not.");
        Assert.Equal("""{"error":"declined by the user"}""", Server.Last("threads.add_client_tool_output")["result"]!.ToJsonString());
    }

    [SkippableFact]
    public async Task A_generated_image_becomes_clearer_and_can_be_enlarged()
    {
        var picture = $"data:image/png;base64,{Convert.ToBase64String(WidgetSamples.Png)}";
        var answer = Server.NextAnswer();
        await Chat.OpenAsync();
        await Chat.SendAsync("draw");
        answer.Begin(new JsonObject { ["type"] = "generated_image", ["id"] = "img_1" });
        await Expect(Page.GetByText("Drawing the image…")).ToBeVisibleAsync();

        answer.Update("img_1", $$$"""{"type":"generated_image.updated","image":{"id":"i","url":"{{{picture}}}"},"progress":0.5}""");
        await Expect(Page.GetByText("Drawing the image, 50%")).ToBeVisibleAsync();
        answer.Put(new JsonObject { ["type"] = "generated_image", ["id"] = "img_1", ["image"] = new JsonObject { ["id"] = "i", ["url"] = picture } }).End();
        await Expect(Page.Locator(".generated progress")).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Enlarge Generated image" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Dialog, new() { Name = "Generated image" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_generated_image_from_elsewhere_is_a_link()
    {
        var thread = Server.AddThread("Art").With(JsonNode.Parse("""{"type":"generated_image","image":{"id":"i","url":"https://images.example/a.png"}}""")!.AsObject());

        await Chat.OpenAsync(thread.Id);

        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Generated image on images.example" })).ToBeVisibleAsync();
        await Expect(Page.Locator(".generated img")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_notice_is_markdown_with_a_title_and_can_be_put_away()
    {
        Server.NextAnswer().Event("""{"type":"notice","level":"warning","title":"Nearly full","message":"You have used **90 %**."}""").Say("Hello.").End();
        await Chat.OpenAsync();

        await Chat.SendAsync("hi");
        var notice = Page.Locator(".notice.warning");
        await Expect(notice.Locator("strong")).ToHaveTextAsync("90 %");
        await Expect(notice).ToContainTextAsync("Nearly full");
        await notice.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();

        await Expect(notice).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Citations_stand_where_they_belong_and_lead_to_their_sources()
    {
        const string Words = "Oslo lies by a fjord. It has `index` ferries.";
        var thread = Server.AddThread("Cited").WithExchange("Oslo?", "-").With(WidgetSamples.Cited(Words, """
            [{"type":"annotation","index":20,"source":{"type":"url","title":"Atlas","url":"https://atlas.example/oslo","attribution":"The Atlas"}},
             {"type":"annotation","index":35,"source":{"type":"file","title":"Notes","filename":"notes.txt"}},
             {"type":"annotation","index":45,"source":{"type":"url","title":"Atlas","url":"https://atlas.example/oslo"}},
             {"type":"annotation","source":{"type":"url","title":"Evil","url":"javascript:window.hit=1"}}]
            """));
        await Chat.OpenAsync(thread.Id);
        var answer = Page.Locator("article.assistant").Last;

        await Expect(answer.Locator(".markdown")).ToHaveTextAsync("Oslo lies by a fjord1. It has index ferries.1");
        await Expect(answer.Locator(".sources li")).ToHaveCountAsync(3);
        await answer.GetByRole(AriaRole.Button, new() { Name = "Source 1" }).First.ClickAsync();
        await Expect(answer.Locator(".sources li").First).ToBeFocusedAsync();

        await Expect(answer.GetByRole(AriaRole.Link, new() { Name = "Atlas" })).ToHaveAttributeAsync("href", "https://atlas.example/oslo");
        await Expect(answer.GetByText("Evil")).Not.ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex(".*"));
    }

    [SkippableFact]
    public async Task Stopping_drops_what_the_server_does_not_keep()
    {
        var answer = Server.NextAnswer();
        await Chat.OpenAsync();
        await Chat.SendAsync("go");
        answer.Begin(WidgetSamples.Workflow());
        await Expect(Page.Locator("details.workflow")).ToBeVisibleAsync();

        await Chat.Stop.ClickAsync();
        await answer.ClientLeft;

        await Expect(Page.Locator("details.workflow")).ToHaveCountAsync(0);
    }
}
