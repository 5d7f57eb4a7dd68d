using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OverChat.GenerateContent;
using ChatKit.Gateway.Tests.Providers.Fidelity;
using ChatKit.Gateway.Wire;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OverChat;

/// <summary>Google's API for providers that have chat only: what they are asked, what the client is answered, event by event.</summary>
public sealed class GenerateContentTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/OverChat";
    private const string Hi = """{"contents":[{"parts":[{"text":"Hi"}]}]}""";

    private static readonly OverChatCalls Calls = new(Operation.GenerateContent, new GenerateContentOverChat());

    public static TheoryData<string> Names => ["text", "reasoning", "tools", "mixed-tools"];

    [Theory]
    [InlineData(false, "full.content.chat")]
    [InlineData(true, "full.content.extended.chat")]
    public void A_full_request_becomes_the_golden_chat(bool isExtended, string golden)
    {
        var calls = new OverChatCalls(Operation.GenerateContent, new GenerateContentOverChat(), isExtended ? ChatExtensions.All : ChatExtensions.None);

        var (body, losses) = calls.Send(Golden.Read($"{Folder}/Golden/full.content.json"));

        Golden.Matches($"{Folder}/Golden/{golden}.json", Providers.Calls.Pretty(Encoding.UTF8.GetBytes(body.GetRawText())) + string.Join('\n', losses) + "\n");
    }

    [Theory]
    [InlineData("""{"contents":[{"role":"system","parts":[{"text":"x"}]}]}""", "contents[0].role")]
    [InlineData("""{"contents":[{"parts":[]}]}""", "contents[0].parts")]
    [InlineData("""{"contents":[{"parts":[{"functionResponse":{"name":"f","response":{}}}]}]}""", "contents[0].parts[0].functionResponse")]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"gs://b/a.mp4","mimeType":"video/mp4"}}]}]}""", "contents[0].parts[0].fileData")]
    [InlineData("""{"contents":[{"parts":[{"text":"Hi"}]}],"tools":[{"codeExecution":{}}]}""", "tools[0].codeExecution")]
    [InlineData("""{"contents":[{"parts":[{"text":"Hi"}]}],"cachedContent":"cachedContents/1"}""", "cachedContent")]
    [InlineData("""{"contents":[{"parts":[{"text":"Hi"}]}],"generationConfig":{"responseModalities":["IMAGE"]}}""", "generationConfig.responseModalities")]
    [InlineData("""{"contents":[{"parts":[{"text":"Hi"}]}],"generationConfig":{"responseMimeType":"text/x.enum"}}""", "generationConfig.responseMimeType")]
    [InlineData("""{"contents":[{"parts":[{"text":"Hi"}]}],"generationConfig":{"temperature":"hot"}}""", "generationConfig.temperature")]
    [InlineData("""{"contents":[{"parts":[{"text":"\ud800"}]}]}""", "request_body")]
    public void What_chat_cannot_carry_is_refused_by_name(string body, string param) => Assert.Equal((400, param), (Calls.Refuse(body)?.Status, Calls.Refuse(body)?.Param));

    [Fact]
    public void An_answer_becomes_the_golden_one()
    {
        var answer = Calls.Answer(Hi,
            """
            {"id":"chatcmpl-1","created":1760000000,"model":"gpt-5","choices":[{"index":0,"message":{"role":"assistant","content":"It rains.","reasoning_content":"Hm.",
            "annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example","title":"A","start_index":0,"end_index":9}}],
            "tool_calls":[{"id":"call_1","type":"function","function":{"name":"now","arguments":"{\"zone\": \"CET\", \"n\": 1.50}"}},{"id":"call_2","type":"function","function":{"name":"odd","arguments":"[1]"}}]},
            "logprobs":{"content":[{"token":"It","logprob":-0.5,"top_logprobs":[{"token":"It","logprob":-0.5}]}]},"finish_reason":"tool_calls"},
            {"index":1,"message":{"role":"assistant","content":""},"finish_reason":"content_filter"}],
            "usage":{"prompt_tokens":20,"completion_tokens":10,"total_tokens":30,"prompt_tokens_details":{"cached_tokens":16},"completion_tokens_details":{"reasoning_tokens":4}}}
            """);

        Golden.Matches($"{Folder}/Golden/completion.content.json", Providers.Calls.Pretty(Encoding.UTF8.GetBytes(answer)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_transcript_becomes_the_golden_events(string name)
    {
        var (output, steps) = Transcript.Play(Calls.Open(Hi), Transcript.Events(Golden.Read($"{Folder}/Transcripts/{name}.sse")));

        Assert.Equal(StreamStep.Terminal, steps[^1]);
        Golden.Matches($"{Folder}/Golden/{name}.content.events", output);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Where_the_network_cuts_does_not_matter(string name)
    {
        var transcript = Encoding.UTF8.GetBytes(Golden.Read($"{Folder}/Transcripts/{name}.sse"));
        var (expected, _) = Transcript.Play(Calls.Open(Hi), Transcript.Events(Encoding.UTF8.GetString(transcript)));

        for (var cut = 0; cut <= transcript.Length; cut++) Assert.Equal(expected, Transcript.Play(Calls.Open(Hi), transcript, cut));
    }

    [Fact]
    public void Spoilt_requests_are_sent_as_json_or_refused()
    {
        var (content, sent) = (Golden.Read($"{Folder}/Golden/full.content.json"), 0);
        for (var seed = 0; seed < 2_000; seed++)
        {
            var body = new JsonMutation(seed).Spoil(content);
            if (CallEnvelopeReader.Read(body, Operation.GenerateContent.Input, out _) is not null) continue;
            var output = new ArrayBufferWriter<byte>();
            var error = new GenerateContentOverChat().WriteChat(Calls.Call(Hi) with { Body = body }, ChatExtensions.All, output, []);
            if (error is not null) Assert.Equal(400, error.Status);
            else
            {
                JsonSerializer.Deserialize<JsonElement>(output.WrittenSpan);
                sent++;
            }
        }

        Assert.InRange(sent, 1, 1_999);
    }

    [Fact]
    public void What_was_thought_in_pieces_is_one_sealed_block()
    {
        var calls = new OverChatCalls(Operation.GenerateContent, new GenerateContentOverChat(), ChatExtensions.All);

        var (body, _) = calls.Send(
            """
            {"contents":[{"parts":[{"text":"Hi"}]},{"role":"model","parts":[{"text":"Let me","thought":true}]},{"role":"model","parts":[{"text":" see.","thought":true}]},
            {"role":"model","parts":[{"text":"","thought":true,"thoughtSignature":"c2ln"}]},{"role":"model","parts":[{"text":"Yes."}]},{"parts":[{"text":"And?"}]}]}
            """);

        Assert.Equal("""{"role":"assistant","content":"Yes.","thinking_blocks":[{"type":"thinking","thinking":"Let me see.","signature":"c2ln"}]}""", body.GetProperty("messages")[1].GetRawText());
    }

    [Fact]
    public void Seals_of_Geminis_do_not_leave_Gemini()
    {
        var calls = new OverChatCalls(Operation.GenerateContent, new GenerateContentOverChat());

        var (body, _) = calls.Send("""{"contents":[{"parts":[{"text":"say __thought__ \"id\""}]},{"role":"model","parts":[{"functionCall":{"id":"c1__thought__Q28-Q0_k","name":"now"}}]},{"parts":[{"functionResponse":{"id":"c1__thought__Q28-Q0_k","name":"now","response":{"output":"noon"}}}]}]}""");

        var messages = body.GetProperty("messages");
        Assert.Equal(("say __thought__ \"id\"", "c1", "c1"), (
            messages[0].GetProperty("content").GetString(),
            messages[1].GetProperty("tool_calls")[0].GetProperty("id").GetString(),
            messages[2].GetProperty("tool_call_id").GetString()));
    }
}
