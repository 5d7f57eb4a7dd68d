using System.Buffers;
using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OverChat;
using ChatKit.Gateway.Providers.OverChat.Messages;
using ChatKit.Gateway.Providers.OverChat.Responses;
using ChatKit.Gateway.Tests.Providers.Fidelity;
using ChatKit.Gateway.Wire;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OverChat;

/// <summary>
/// Spoilt requests and answers of both APIs: whatever comes, the translation succeeds or says why not; it never throws. The number of cases can be raised with
/// <c>CHATKIT_FUZZ_CASES</c>.
/// </summary>
public sealed class FrontFuzzTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/OverChat";

    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("CHATKIT_FUZZ_CASES"), out var cases) ? cases : 10_000;

    private static readonly ChatExtensions[] Extensions = [ChatExtensions.None, ChatExtensions.Reasoning, ChatExtensions.All];

    [Theory]
    [InlineData("claude-code.messages.json")]
    [InlineData("full.responses.json")]
    public void No_request_makes_a_translation_throw(string fixture)
    {
        var (operation, translation) = Front(fixture);
        var json = Golden.Read($"{Folder}/Golden/{fixture}");
        var mutation = new JsonMutation(seed: 4711);
        var carried = 0;
        for (var i = 0; i < Cases; i++)
        {
            var body = mutation.Spoil(json);
            if (CallEnvelopeReader.Read(body, operation.Input, out var envelope) is not null) continue;
            var call = new ModelCall(envelope, body, Calls.Deployment with { Parameters = new ParameterPolicy { Drops = i % 2 == 1 } }, "gpt-5", "smart");
            if (translation.WriteChat(call, Extensions[i % 3], new ArrayBufferWriter<byte>(), []) is null) carried++;
        }

        Assert.InRange(carried, Cases / 50, Cases);
    }

    [Theory]
    [InlineData("claude-code.messages.json", "mixed-tools")]
    [InlineData("claude-code.messages.json", "reasoning")]
    [InlineData("full.responses.json", "mixed-tools")]
    [InlineData("full.responses.json", "reasoning")]
    public void No_stream_makes_a_translation_throw(string fixture, string transcript)
    {
        var (operation, translation) = Front(fixture);
        var calls = new OverChatCalls(operation, translation, ChatExtensions.All);
        var asked = Golden.Read($"{Folder}/Golden/{fixture}");
        var sse = Golden.Read($"{Folder}/Transcripts/{transcript}.sse");
        var mutation = new JsonMutation(seed: 4711);
        var finished = 0;
        for (var i = 0; i < Cases / 10; i++)
        {
            var (_, steps) = Transcript.Play(calls.Open(asked), Transcript.Events(Encoding.UTF8.GetString(mutation.Spoil(sse))).Where(said => !said.Data.IsEmpty));
            if (steps is [.., StreamStep.Terminal]) finished++;
        }

        Assert.InRange(finished, 1, Cases);
    }

    private static (Operation Operation, IChatTranslation Translation) Front(string fixture) => fixture.Contains("responses", StringComparison.Ordinal)
        ? (Operation.Responses, new ResponsesOverChat(TimeProvider.System))
        : (Operation.Messages, new MessagesOverChat());
}
