using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>A member that is an array, or a string as shorthand for an array of one. A type error carries the member's own path.</summary>
internal abstract class OneOrManyConverter<T> : JsonConverter<IReadOnlyList<T>>
{
    protected abstract JsonConverter<List<T>> Many { get; }

    public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String ? [One(reader.GetString()!)] : Many.Read(ref reader, typeof(List<T>), options);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) => Many.Write(writer, [.. value], options);

    protected abstract T One(string text);
}

/// <summary><c>content</c>: a string is one part of type <c>text</c>, and written as one, since not every vendor takes parts from every role.</summary>
internal sealed class ChatContentConverter : OneOrManyConverter<ChatPart>
{
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<ChatPart> value, JsonSerializerOptions options)
    {
        if (value is [{ Type: "text", Text: { } text, CacheControl: null, Others: null or { Count: 0 } }]) writer.WriteStringValue(text);
        else base.Write(writer, value, options);
    }

    protected override JsonConverter<List<ChatPart>> Many => (JsonConverter<List<ChatPart>>)OpenAiJson.Default.ListChatPart.Converter;

    protected override ChatPart One(string text) => new() { Type = "text", Text = text };
}

/// <summary><c>stop</c>: one sequence or several.</summary>
internal sealed class StopConverter : OneOrManyConverter<string>
{
    protected override JsonConverter<List<string>> Many => (JsonConverter<List<string>>)OpenAiJson.Default.ListString.Converter;

    protected override string One(string text) => text;
}
