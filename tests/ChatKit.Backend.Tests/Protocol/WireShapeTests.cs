using System.Text.Json;
using ChatKit.Backend.Protocol;
using Xunit;

namespace ChatKit.Backend.Tests.Protocol;

/// <summary>Every kind of item, update and task as the protocol writes it: read and written again it is the same.</summary>
public sealed class WireShapeTests
{
    private const string Base = "\"id\":\"x_1\",\"thread_id\":\"thr_1\",\"created_at\":\"2026-01-02T03:04:05.000000Z\"";

    [Theory]
    [InlineData("widget", """ "widget":{"type":"ListView","children":[{"type":"ListViewItem","children":null}]},"copy_text":"c" """)]
    [InlineData("generated_image", """ "image":{"id":"img_1","url":"https://a.example/1.png"} """)]
    [InlineData("generated_image", "")]
    [InlineData("workflow", """ "workflow":{"type":"reasoning","tasks":[],"summary":{"duration":7},"expanded":false} """)]
    [InlineData("workflow", """ "workflow":{"type":"custom","tasks":[{"type":"custom","icon":"bolt","content":"c","title":"t","status_indicator":"loading"}],"summary":{"title":"s","icon":"i"},"expanded":true} """)]
    [InlineData("task", """ "task":{"type":"web_search","title_query":"q","queries":["a"],"sources":[{"type":"url","url":"https://a.example","title":"A"}],"status_indicator":"complete"} """)]
    [InlineData("task", """ "task":{"type":"thought","content":"hm","status_indicator":"none"} """)]
    [InlineData("task", """ "task":{"type":"file","sources":[{"type":"file","filename":"a.txt","title":"A"}],"status_indicator":"none"} """)]
    [InlineData("task", """ "task":{"type":"image","title":"t","status_indicator":"none"} """)]
    [InlineData("end_of_turn", "")]
    public void An_item(string type, string members)
    {
        var json = $$"""{"type":"{{type}}",{{Base}}{{(members.Length == 0 ? "" : $",{members.Trim()}")}}}""";
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, Wire.Json.ThreadItem), Wire.Json.ThreadItem));
    }

    [Theory]
    [InlineData("""{"type":"widget.streaming_text.value_delta","component_id":"t","delta":"more","done":false}""")]
    [InlineData("""{"type":"widget.root.updated","widget":{"type":"Basic","children":[]}}""")]
    [InlineData("""{"type":"widget.component.updated","component_id":"t","component":{"type":"Text","value":"v"}}""")]
    [InlineData("""{"type":"workflow.task.added","task_index":0,"task":{"type":"thought","content":"hm","status_indicator":"none"}}""")]
    [InlineData("""{"type":"workflow.task.updated","task_index":1,"task":{"type":"image","status_indicator":"complete"}}""")]
    [InlineData("""{"type":"generated_image.updated","image":{"id":"img_1","url":"https://a.example/1.png"},"progress":0.5}""")]
    public void An_update(string update)
    {
        var json = $$"""{"type":"thread.item.updated","item_id":"x_1","update":{{update}}}""";
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, Wire.Json.ThreadEvent), Wire.Json.ThreadEvent));
    }

    [Fact]
    public void Widgets_lose_their_nulls_except_missing_children()
    {
        const string Given = """{"type":"Card","size":null,"children":[{"type":"Button","onClickAction":{"type":"a","payload":{"b":null,"c":[null]}}},{"type":"Row","children":null}]}""";
        const string Sent = """{"type":"Card","children":[{"type":"Button","onClickAction":{"type":"a","payload":{"c":[null]}}},{"type":"Row","children":null}]}""";
        Assert.Equal(Sent, JsonSerializer.Serialize(new Widget(JsonElement.Parse(Given)), Wire.Json.Widget));
    }

    [Theory]
    [InlineData("""{"type":"Row","children":[]}""")]
    [InlineData("""{"children":[]}""")]
    [InlineData("[]")]
    public void A_widget_needs_a_root_that_clients_know(string widget)
    {
        Assert.Throws<ArgumentException>(() => new Widget(JsonElement.Parse(widget)));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(widget, Wire.Json.Widget));
    }
}
