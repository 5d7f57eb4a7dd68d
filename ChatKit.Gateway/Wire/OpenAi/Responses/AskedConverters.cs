using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi.Responses;

/// <summary><c>input</c>: items, or a string as shorthand for one message of the user.</summary>
internal sealed class AskedInputConverter : OneOrManyConverter<AskedItem>
{
    protected override JsonConverter<List<AskedItem>> Many => (JsonConverter<List<AskedItem>>)ResponsesJson.Default.ListAskedItem.Converter;

    protected override AskedItem One(string text) => new() { Role = "user", Content = [new AskedPart { Type = "input_text", Text = text }] };
}

/// <summary><c>content</c> and <c>output</c>: parts, or a string as shorthand for one of text.</summary>
internal sealed class AskedPartsConverter : OneOrManyConverter<AskedPart>
{
    protected override JsonConverter<List<AskedPart>> Many => (JsonConverter<List<AskedPart>>)ResponsesJson.Default.ListAskedPart.Converter;

    protected override AskedPart One(string text) => new() { Type = "input_text", Text = text };
}
