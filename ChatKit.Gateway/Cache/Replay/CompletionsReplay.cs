using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>The older completions (https://platform.openai.com/docs/api-reference/completions), whose chunks have the form of the document.</summary>
internal sealed class CompletionsReplay() : ChunkReplay("text_completion", "text_completion")
{
    protected override void WriteContent(ChoiceSum choice, Utf8JsonWriter json) => json.WriteString("text"u8, choice.Text);

    protected override IEnumerable<Action<Utf8JsonWriter>> ChunksOf(JsonElement choice) => [choice.WriteTo];
}
