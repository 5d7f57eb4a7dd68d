using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatKit.Backend.Models;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tests.Hosting;
using Xunit;

namespace ChatKit.Backend.Tests.Types;

/// <summary>
/// What the backend really sends, compiled against npm's <c>@openai/chatkit</c> (https://www.npmjs.com/package/@openai/chatkit), as far as its types speak of
/// what crosses the wire: widgets, attachments, the content of messages, tool choices, models, effects and calls of client tools. Threads and events have no
/// official types; the vectors hold those.
/// </summary>
public sealed class OfficialTypesTests
{
    private const string Prelude = """
        import type { Attachment, ChatKitEvents, ChatKitOptions, ModelOption, ToolChoice, UserMessageContent, Widgets } from "@openai/chatkit";
        type Effect = ChatKitEvents["chatkit.effect"] extends CustomEvent<infer Detail> ? Detail : never;
        type Call = Parameters<NonNullable<ChatKitOptions["onClientTool"]>>[0];
        /** More members than the type names are allowed: clients skip them. */
        const fits = <T>() => <U extends T>(value: U) => value;

        """;

    private const string Widget = """
        {"type":"Card","size":"md","asForm":true,"status":{"text":"Flight","icon":"compass"},"background":null,
         "confirm":{"label":"Book","action":{"type":"book","payload":{"id":1}}},"cancel":{"label":"Drop","action":{"type":"drop"}},
         "children":[
          {"type":"Title","value":"Who?","size":"md"},{"type":"Caption","value":"All","size":"sm"},{"type":"Text","id":"t","value":"x","streaming":true,"color":null},
          {"type":"Markdown","value":"**x**"},{"type":"Badge","label":"new","color":"info","variant":"soft"},{"type":"Icon","name":"bolt","size":"lg"},
          {"type":"Image","src":"data:image/png;base64,AA==","alt":"x","fit":"cover"},{"type":"Divider","flush":true},{"type":"Spacer"},
          {"type":"Box","padding":2,"children":[{"type":"Label","value":"Name","fieldName":"n"},{"type":"Input","name":"n","inputType":"email"}]},
          {"type":"Row","gap":2,"align":"center","children":[{"type":"Textarea","name":"w","rows":2},{"type":"Checkbox","name":"c","label":"ok"}]},
          {"type":"Col","children":[{"type":"Select","name":"s","options":[{"value":"a","label":"A"}]},{"type":"DatePicker","name":"d"},
            {"type":"RadioGroup","name":"r","options":[{"label":"A","value":"a"}]}]},
          {"type":"Form","onSubmitAction":{"type":"send"},"children":[{"type":"Button","label":"Go","submit":true,"iconStart":"check","onClickAction":{"type":"go"}}]},
          {"type":"Transition","children":{"type":"Text","value":"in"}},
          {"type":"Table","children":[{"type":"Table.Row","header":true,"children":[{"type":"Table.Cell","align":"end","children":[{"type":"Text","value":"1"}]}]}]}]}
        """;

    [SkippableFact]
    public async Task What_the_backend_sends_fits_the_official_types()
    {
        await using var host = await BackendHost.StartAsync(new Answers((turn, _) => Answer(turn)));
        var (file, picture) = (await UploadAsync(host, "notes.txt", "text/plain", "words"u8.ToArray()), await UploadAsync(host, "dot.png", "image/png", Png));
        var content = """[{"type":"input_text","text":"Hi "},{"type":"input_tag","id":"cat","text":"the cat","data":{"age":"3"},"interactive":true}]""";
        var input = $$"""{"content":{{content}},"attachments":["{{file.Id()}}","{{picture.Id()}}"],"inference_options":{"model":"m","tool_choice":{"id":"calculator"} } }""";
        var events = await host.StreamAsync(Calls.Body("threads.create", $$"""{"input":{{input}} }"""));
        var message = events.Single(said => said.Type() == "thread.item.done" && said.GetProperty("item").Type() == "user_message").GetProperty("item");
        var widgets = events.Where(said => said.Type() == "thread.item.done" && said.GetProperty("item").Type() == "widget").Select(said => said.GetProperty("item"));
        var stored = (await host.ItemsAsync(events.ThreadId())).Where(item => item.Type() == "widget");
        var call = events.Single(said => said.Type() == "thread.item.done" && said.GetProperty("item").Type() == "client_tool_call").GetProperty("item");
        var effect = events.Single(said => said.Type() == "client_effect");

        var problems = await TypeScript.CheckAsync(Prelude
            + Each("Attachment", [file, picture, .. message.GetProperty("attachments").EnumerateArray()])
            + Each("UserMessageContent", message.GetProperty("content").EnumerateArray())
            + Each("ToolChoice", [message.GetProperty("inference_options").GetProperty("tool_choice")])
            + Each("Effect", [effect])
            + Each("Omit<Call, 'params'>", [call])
            + Each("Call['params']", [call.GetProperty("arguments")])
            + Exactly("Widgets.WidgetRoot", widgets.Concat(stored).Select(item => item.GetProperty("widget")))
            + Exactly("ModelOption", JsonSerializer.SerializeToElement(new ModelChoices([new ModelChoice("m", "m", Default: true)]), Wire.Json.ModelChoices).GetProperty("data").EnumerateArray()));

        Assert.Equal("", problems);
    }

    [SkippableFact]
    public async Task A_misfit_is_seen()
    {
        var problems = await TypeScript.CheckAsync(Prelude
            + """fits<Attachment>()({"type":"image","id":"a","name":"n","mime_type":"image/png"});""" + "\n"
            + """({"type":"Card","children":[{"type":"Text","value":"x","colour":"red"}]}) satisfies Widgets.WidgetRoot;""");

        Assert.Contains("preview_url", problems, StringComparison.Ordinal);
        Assert.Contains("colour", problems, StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<ThreadEvent> Answer(ChatKit.Backend.Turns.Turn turn)
    {
        var (id, now) = (turn.Thread.Id, TimeProvider.System.GetUtcNow());
        yield return new ClientEffect("highlight", JsonDocument.Parse("""{"row":1}""").RootElement);
        yield return new ItemDone(new WidgetItem { Id = "wdg_1", ThreadId = id, CreatedAt = now, Widget = new Widget(JsonDocument.Parse(Widget).RootElement) });
        yield return new ItemDone(new WidgetItem
        {
            Id = "wdg_2",
            ThreadId = id,
            CreatedAt = now,
            Widget = new Widget(JsonDocument.Parse("""{"type":"ListView","limit":3,"children":[{"type":"ListViewItem","onClickAction":{"type":"open"},"children":[{"type":"Text","value":"x"}]}]}""").RootElement),
        });
        yield return new ItemDone(new ClientToolCall
        {
            Id = "tc_1",
            ThreadId = id,
            CreatedAt = now,
            Status = ToolCallStatus.Pending,
            CallId = "call_1",
            Name = "open_door",
            Arguments = JsonDocument.Parse("""{"door":1,"quietly":null}""").RootElement,
        });
        await Task.CompletedTask;
    }

    private static string Each(string type, IEnumerable<JsonElement> values) => string.Concat(values.Select(value => $"fits<{type}>()({value.GetRawText()});\n"));

    private static string Exactly(string type, IEnumerable<JsonElement> values) => string.Concat(values.Select(value => $"({value.GetRawText()}) satisfies {type};\n"));

    private static async Task<JsonElement> UploadAsync(BackendHost host, string name, string type, byte[] content)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } }, "file", name } };
        using var response = await host.Http.PostAsync("/attachments", form);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement;
    }

    private static readonly byte[] Png = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Encoding.ASCII.GetBytes("not much of a picture")];
}
