using System.Text.Json.Nodes;
using ChatKit.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatKit.Browser.Tests;

public sealed class ModelTests(Chromium chromium) : PageTest(chromium)
{
    [SkippableFact]
    public async Task The_chosen_model_is_sent_and_remembered_for_new_chats()
    {
        await Chat.OpenAsync();
        await Expect(Chat.Model.Locator("option")).ToHaveTextAsync(["Demo", "GPT-5", "Other model…"]);

        await Chat.Model.SelectOptionAsync("openai/gpt-5");
        await Chat.SendAsync("hi");
        await Expect(Chat.Answers).ToHaveTextAsync("All right.");
        await Chat.NewChat.ClickAsync();
        await Page.ReloadAsync();

        await Expect(Chat.Model).ToHaveValueAsync("openai/gpt-5");
        Assert.Equal("openai/gpt-5", SentModel());
    }

    [SkippableFact]
    public async Task A_conversation_goes_on_with_the_model_it_used_last()
    {
        await Chat.OpenAsync();
        await Chat.Model.SelectOptionAsync("openai/gpt-5");
        await Chat.SendAsync("hi");
        await Expect(Chat.Answers).ToHaveTextAsync("All right.");
        await Chat.NewChat.ClickAsync();
        await Chat.Model.SelectOptionAsync("demo");

        await Chat.ThreadLink("hi").ClickAsync();

        await Expect(Chat.Answers).ToHaveTextAsync("All right.");
        await Expect(Chat.Model).ToHaveValueAsync("openai/gpt-5");
    }

    [SkippableFact]
    public async Task A_model_that_the_gateway_does_not_list_can_be_named()
    {
        await Chat.OpenAsync();

        await Chat.Model.SelectOptionAsync("Other model…");
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Model name" }).FillAsync("mistral/mistral-large-latest");
        await Page.Keyboard.PressAsync("Enter");
        await Chat.SendAsync("hi");
        await Expect(Chat.Answers).ToHaveTextAsync("All right.");
        await Page.ReloadAsync();

        await Expect(Chat.Model).ToHaveValueAsync("mistral/mistral-large-latest");
        Assert.Equal("mistral/mistral-large-latest", SentModel());
    }

    [SkippableFact]
    public async Task Not_naming_another_model_keeps_the_one_before()
    {
        await Chat.OpenAsync();
        await Chat.Model.SelectOptionAsync("openai/gpt-5");

        await Chat.Model.SelectOptionAsync("Other model…");
        await Page.Keyboard.PressAsync("Escape");

        await Expect(Chat.Model).ToHaveValueAsync("openai/gpt-5");
    }

    [SkippableFact]
    public async Task The_servers_default_is_chosen_at_first()
    {
        Server.DefaultModel = "openai/gpt-5";

        await Chat.OpenAsync();

        await Expect(Chat.Model).ToHaveValueAsync("openai/gpt-5");
    }

    [SkippableFact]
    public async Task Without_a_list_of_models_the_server_chooses()
    {
        Server.Models.Clear();
        await Chat.OpenAsync();

        await Chat.SendAsync("hi");

        await Expect(Chat.Answers).ToHaveTextAsync("All right.");
        await Expect(Chat.Model).ToBeHiddenAsync();
        Assert.Empty(SentOptions());
    }

    private string? SentModel() => SentOptions()["model"]?.GetValue<string>();

    private JsonObject SentOptions() =>
        Server.Requests.Single(request => request["type"]!.GetValue<string>() == "threads.create")["params"]!["input"]!["inference_options"]!.AsObject();
}
