using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OverChat;
using ChatKit.Gateway.Providers.OverChat.GenerateContent;
using ChatKit.Gateway.Providers.OverChat.Messages;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Fidelity;

/// <summary>Chat → Anthropic or Gemini → chat: whatever the conversation, its messages, tools and ids come back. A fixed seed makes the conversations.</summary>
public sealed class RoundTripTests
{
    private const int Conversations = 300;

    private const string Tools = """[{"type":"function","function":{"name":"now","description":"d","parameters":{"type":"object","properties":{"a":{"type":"string"}}}}}]""";

    [Theory]
    [InlineData("anthropic")]
    [InlineData("gemini")]
    public void A_conversation_comes_back_with_its_messages_tools_and_ids(string name)
    {
        var subject = FidelitySubject.Of(name);
        for (var seed = 0; seed < Conversations; seed++)
        {
            var (messages, said) = Converse(new Random(seed));
            using var request = new UpstreamRequest();
            var chat = $$"""{"model":"m","messages":[{{messages}}],"tools":{{Tools}},"max_tokens":100}""";

            Assert.Null(subject.Chat.WriteRequest(subject.Call(chat), request));
            var back = Back(subject, request.Body.WrittenSpan.ToArray());

            Assert.Equal(said, back.GetProperty("messages").EnumerateArray().SelectMany(Said));
            Assert.Equal(Tools, back.GetProperty("tools").GetRawText());
            Assert.Empty(request.Losses);
        }
    }

    private static JsonElement Back(FidelitySubject subject, byte[] asked)
    {
        var (chat, losses) = (new ArrayBufferWriter<byte>(), new List<string>());
        var (operation, translation) = subject.Name == "gemini" ? (Operation.GenerateContent, (IChatTranslation)new GenerateContentOverChat()) : (Operation.Messages, new MessagesOverChat());
        Assert.Null(translation.WriteChat(subject.Call(operation, asked)!, ChatExtensions.All, chat, losses));
        Assert.Empty(losses);
        return JsonElement.Parse(chat.WrittenSpan);
    }

    /// <summary>A random conversation, and what it says as one line a piece.</summary>
    private static (string Messages, List<string> Said) Converse(Random random)
    {
        var (messages, said) = (new List<string>(), new List<string>());
        for (var turn = 0; turn <= random.Next(1, 6); turn++)
        {
            Add("user", Word(random));
            if (random.Next(3) == 0) Call(random.Next(1, 4));
            else Add("assistant", Word(random));
        }

        Add("user", "last");
        return (string.Join(',', messages), said);

        void Add(string role, string text)
        {
            messages.Add($$"""{"role":"{{role}}","content":{{JsonSerializer.Serialize(text)}}}""");
            said.Add($"{role}: {text}");
        }

        void Call(int count)
        {
            var ids = Enumerable.Range(0, count).Select(_ => $"call_{random.Next():x}").ToList();
            var calls = ids.Select(static id => $$$"""{"id":"{{{id}}}","type":"function","function":{"name":"now","arguments":"{\"a\":\"{{{id}}}\"}"}}""");
            messages.Add($$"""{"role":"assistant","content":null,"tool_calls":[{{string.Join(',', calls)}}]}""");
            said.AddRange(ids.Select(static id => $$"""{{id}} now({"a":"{{id}}"})"""));
            foreach (var id in ids)
            {
                var text = Word(random);
                messages.Add($$"""{"role":"tool","tool_call_id":"{{id}}","content":{{JsonSerializer.Serialize(text)}}}""");
                said.Add($"{id} → {text}");
            }
        }
    }

    private static string Word(Random random) => $"{"é 😀 \"q\" \\ \n x".Split(' ')[random.Next(6)]}{random.Next()}";

    private static IEnumerable<string> Said(JsonElement message)
    {
        var role = message.GetProperty("role").GetString();
        var content = message.TryGetProperty("content", out var given) ? given : default;
        string[] texts = content.ValueKind switch
        {
            JsonValueKind.String => [content.GetString()!],
            JsonValueKind.Array => [.. content.EnumerateArray().Select(static part => part.GetProperty("text").GetString()!)],
            _ => [],
        };
        foreach (var text in texts) yield return role is "tool" ? $"{message.GetProperty("tool_call_id").GetString()} → {text}" : $"{role}: {text}";
        if (!message.TryGetProperty("tool_calls", out var calls) || calls.ValueKind is not JsonValueKind.Array) yield break;
        foreach (var call in calls.EnumerateArray())
            yield return $"{call.GetProperty("id").GetString()} {call.GetProperty("function").GetProperty("name").GetString()}({call.GetProperty("function").GetProperty("arguments").GetString()})";
    }
}
