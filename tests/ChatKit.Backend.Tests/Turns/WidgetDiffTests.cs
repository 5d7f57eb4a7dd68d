using System.Text.Json;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;
using Xunit;

namespace ChatKit.Backend.Tests.Turns;

public sealed class WidgetDiffTests
{
    private const string Before = """{"type":"Card","children":[{"type":"Text","id":"a","value":"Hel","streaming":true},{"type":"Col","children":[{"type":"Markdown","id":"b","value":""}]}]}""";

    [Fact]
    public void Text_that_grew_is_a_delta_wherever_it_stands()
    {
        var updates = Diff(Before, Before.Replace("Hel", "Hello", StringComparison.Ordinal).Replace("\"b\",\"value\":\"\"", "\"b\",\"value\":\"**x**\"", StringComparison.Ordinal));
        Assert.Equal([new WidgetTextDelta("a", "lo", Done: false), new WidgetTextDelta("b", "**x**", Done: true)], updates.Cast<WidgetTextDelta>());
    }

    [Fact]
    public void The_last_piece_says_that_it_is_the_last() => Assert.Equal(
        new WidgetTextDelta("a", "lo", Done: true),
        Assert.Single(Diff(Before, Before.Replace("Hel", "Hello", StringComparison.Ordinal).Replace(",\"streaming\":true", "", StringComparison.Ordinal))));

    [Theory]
    [InlineData("Hel", "Hi")]
    [InlineData("\"id\":\"a\",", "")]
    [InlineData("\"id\":\"a\"", "\"id\":\"c\"")]
    [InlineData("Markdown", "Text")]
    [InlineData("\"Card\",", "\"Card\",\"size\":\"sm\",")]
    [InlineData(",{\"type\":\"Col\"", ",{\"type\":\"Divider\"},{\"type\":\"Col\"")]
    public void Any_other_change_is_the_whole_widget(string old, string now)
    {
        var after = Before.Replace(old, now, StringComparison.Ordinal);
        var update = Assert.IsType<WidgetRootUpdated>(Assert.Single(Diff(Before, after)));
        Assert.Equal(after, update.Widget.Root.GetRawText());
    }

    [Fact]
    public void No_change_is_no_update() => Assert.Empty(Diff(Before, Before.Replace("\"Card\",", "\"Card\",\"size\":null,", StringComparison.Ordinal)));

    private static IReadOnlyList<ItemUpdate> Diff(string before, string after) =>
        WidgetDiff.Between(new Widget(JsonElement.Parse(before)), new Widget(JsonElement.Parse(after)));
}
