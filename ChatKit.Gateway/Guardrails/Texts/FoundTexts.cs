using System.Buffers;
using System.Text;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Guardrails.Texts;

/// <summary>The texts of a document, and the document with other texts in their place; every other byte stays.</summary>
internal sealed class FoundTexts
{
    private readonly IReadOnlyList<JsonLeaf> _leaves;

    private FoundTexts(IReadOnlyList<JsonLeaf> leaves)
    {
        _leaves = leaves;
        Texts = [.. leaves.Select(static leaf => leaf.Text)];
    }

    /// <summary>In the order of the document. May be changed.</summary>
    public string[] Texts { get; }

    public bool IsChanged => !_leaves.Select(static leaf => leaf.Text).SequenceEqual(Texts, StringComparer.Ordinal);

    public static FoundTexts OfRequest(ReadOnlySpan<byte> json) => new([.. JsonLeaves.Find(json, TextMap.IsOfRequest).Where(TextMap.IsReadable)]);

    public static FoundTexts OfAnswer(ReadOnlySpan<byte> json) => new([.. JsonLeaves.Find(json, TextMap.IsOfAnswer).Where(TextMap.IsReadable)]);

    /// <summary>True where the text is JSON itself, as the arguments of a call are: what is put into it has to be escaped once more.</summary>
    public bool IsJson(int index) => _leaves[index].Name is "arguments";

    public void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var copied = 0;
        for (var i = 0; i < Texts.Length; i++)
        {
            if (ReferenceEquals(Texts[i], _leaves[i].Text)) continue;
            output.Write(json[copied.._leaves[i].Range.Start]);
            output.Write(JsonText.Quote(Texts[i]));
            copied = _leaves[i].Range.End;
        }

        output.Write(json[copied..]);
    }

    /// <summary>Text as it stands inside a JSON string.</summary>
    public static string Escape(string text) => Encoding.UTF8.GetString(JsonText.Quote(text).AsSpan()[1..^1]);
}
