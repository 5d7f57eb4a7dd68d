using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.OverChat.Messages;
using ChatKit.Gateway.Providers.OverChat.Responses;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OverChat;

/// <summary>Random conversations with tools, in either API's words, to chat and back: who said what, which tools there are, what was called with what, and every id survive.</summary>
public sealed class RoundTripTests
{
    private static readonly OverChatCalls Messages = new(Operation.Messages, new MessagesOverChat(), ChatExtensions.All);
    private static readonly OverChatCalls Responses = new(Operation.Responses, new ResponsesOverChat(TimeProvider.System), ChatExtensions.All);

    [Fact]
    public void A_conversation_in_Messages_is_the_same_in_chat()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var talk = RandomTalk.Make(seed);

            Assert.Equal(talk.Told(), RandomTalk.Tell(Messages.Send(talk.AsMessages()).Body));
        }
    }

    [Fact]
    public void A_conversation_in_Responses_is_the_same_in_chat()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var talk = RandomTalk.Make(seed);

            Assert.Equal(talk.Told(), RandomTalk.Tell(Responses.Send(talk.AsResponses()).Body));
        }
    }

    [Fact]
    public void What_the_model_answers_comes_back_as_it_was_when_the_client_sends_it_again()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var talk = RandomTalk.Make(seed);
            var completion = talk.Answer(out var told);

            var message = JsonSerializer.Deserialize<JsonElement>(Messages.Answer(talk.AsMessages(), completion));
            var again = $$"""{"model":"smart","max_tokens":9,"messages":[{"role":"assistant","content":{{message.GetProperty("content").GetRawText()}}}]}""";
            Assert.Equal(told, RandomTalk.Tell(Messages.Send(again).Body));

            var response = JsonSerializer.Deserialize<JsonElement>(Responses.Answer(talk.AsResponses(), completion));
            Assert.Equal(told, RandomTalk.Tell(Responses.Send($$"""{"model":"smart","input":{{response.GetProperty("output").GetRawText()}}}""").Body));
        }
    }
}
