using System.Text.Json;

namespace ChatKit.Gateway.Guardrails.Texts;

/// <summary>Where the texts are in the events of a streamed answer, which of them are pieces of one, and when that one is over.</summary>
internal interface IStreamTexts
{
    /// <summary>The text that this string of an event is a piece of; null where it is a text of its own.</summary>
    string? ChannelOf(JsonElement data, JsonLeaf leaf, int occurrence);

    /// <summary>False where a string that stands in the place of a text is something else: sound.</summary>
    bool IsText(JsonElement data, JsonLeaf leaf) => true;

    /// <summary>The texts that end with this event, by the beginning of their names; an empty one for all of them.</summary>
    IEnumerable<string> Ended(JsonElement data);
}
