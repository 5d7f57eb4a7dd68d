using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>Chat completions (https://platform.openai.com/docs/api-reference/chat-streaming): a choice is a chunk with its message, and one with its end.</summary>
internal sealed class ChatReplay() : ChunkReplay("chat.completion", "chat.completion.chunk")
{
    protected override void WriteContent(ChoiceSum choice, Utf8JsonWriter json)
    {
        json.WritePropertyName("message"u8);
        choice.WriteMessage(json);
    }

    protected override IEnumerable<Action<Utf8JsonWriter>> ChunksOf(JsonElement choice) =>
    [
        json =>
        {
            json.WriteStartObject();
            json.WriteMembers(choice, static name => name is "index" or "logprobs");
            json.WriteStartObject("delta"u8);
            foreach (var member in choice.GetProperty("message").EnumerateObject())
            {
                if (member.Name is "tool_calls" && member.Value.ValueKind is JsonValueKind.Array) WriteCalls(member.Value, json);
                else json.Write(member.Name, member.Value);
            }

            json.WriteEndObject();
            json.WriteNull("finish_reason"u8);
            json.WriteEndObject();
        },
        json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("delta"u8);
            json.WriteEndObject();
            json.WriteMembers(choice, static name => name is not ("message" or "logprobs"));
            json.WriteEndObject();
        },
    ];

    /// <summary>In a stream each call says which one it is.</summary>
    private static void WriteCalls(JsonElement calls, Utf8JsonWriter json)
    {
        var index = 0;
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls.EnumerateArray())
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, index++);
            json.WriteMembers(call, static name => name is not "index");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
