using ChatKit.Backend.Agent.Context;
using ChatKit.Backend.Configuration;
using ChatKit.Backend.Models;
using ChatKit.Backend.Tools;
using ChatKit.Backend.Turns;
using OpenAI.Chat;

namespace ChatKit.Backend.Agent;

/// <summary>Asks the model, calls the tools that it wants, and asks again with what they found, until it answers. The last round that it has gives it no choice but to.</summary>
internal sealed class AgentLoop(
    ModelClients clients, ToolRound round, MadePictures pictures, ModelsWithoutTools withoutTools, ContextBudgets budgets, ChatKitConfig config)
{
    public async Task RunAsync(AgentTurn turn, CancellationToken cancel)
    {
        var citations = new Citations();
        var voice = new AgentVoice(turn.Answer, citations);
        var begun = turn.Messages.Count;
        for (var number = 1; ; number++)
        {
            var reply = await AskAsync(turn, voice, number, cancel);
            var calls = reply.Calls();
            if (calls.Count == 0 || number > config.Assistant.MaxRounds)
            {
                await EndAsync(turn.Answer, voice, reply);
                return;
            }

            var outputs = await round.RunAsync(calls, turn.Tools, citations, turn.Answer.Thread, voice, cancel);
            await turn.Answer.SendAsync(new Protocol.ItemDone(ToolNote.Of(outputs, turn.Answer.Thread, turn.Answer.Time.GetUtcNow())));
            turn.Messages.Add(reply.ToMessage(calls));
            turn.Messages.AddRange(outputs.Select(output => new ToolChatMessage(output.Id, output.Output)));
            await TrimAsync(turn, begun, cancel);
        }
    }

    private async Task<ModelReply> AskAsync(AgentTurn turn, AgentVoice voice, int number, CancellationToken cancel)
    {
        var offersTools = !turn.Tools.IsEmpty && !withoutTools.Contains(turn.Model);
        try
        {
            return await ReadAsync(turn, voice, offersTools ? OptionsWithTools(turn, number) : Options(), cancel);
        }
        catch (ResponderException failure) when (offersTools && number == 1 && GatewayFailure.RefusesTools(failure.InnerException))
        {
            withoutTools.Add(turn.Model);
            return await ReadAsync(turn, voice, Options(), cancel);
        }
    }

    private async Task<ModelReply> ReadAsync(AgentTurn turn, AgentVoice voice, ChatCompletionOptions options, CancellationToken cancel)
    {
        var reply = new ModelReply();
        await foreach (var piece in reply.ReadAsync(clients.Chat(turn.Model), turn.Messages, options, cancel))
        {
            await (piece switch
            {
                Words words => voice.SayAsync(words.Text),
                Thought thought => voice.ThinkAsync(thought.Text),
                Cited cited => voice.CiteAsync(cited.Source, cited.Index),
                Picture picture => ShowAsync(picture, turn.Answer, voice, cancel),
                _ => Task.CompletedTask,
            });
        }

        return reply;
    }

    /// <summary>A thread that began small may have grown beyond its model by what tools found.</summary>
    private async Task TrimAsync(AgentTurn turn, int begun, CancellationToken cancel)
    {
        var tools = ContextBudgets.Of(turn.Tools);
        if (TokenEstimate.Of(turn.Messages) + tools > ContextFit.AlwaysFits)
            RoundTrim.Apply(turn.Messages, begun, turn.Budget ?? (await budgets.OfAsync(turn.Model, cancel) - tools));
    }

    private async Task ShowAsync(Picture picture, AnswerWriter answer, AgentVoice voice, CancellationToken cancel)
    {
        if (await pictures.KeepAsync(picture, answer.Thread, cancel) is { } image)
            await voice.ShowAsync(image);
    }

    private ChatCompletionOptions Options()
    {
        var options = new ChatCompletionOptions();
#pragma warning disable OPENAI001 // New in the package; documented in the API: https://platform.openai.com/docs/guides/reasoning
        if (config.Assistant.ReasoningEffort is { } effort)
            options.ReasoningEffortLevel = new ChatReasoningEffortLevel(effort);
#pragma warning restore OPENAI001
        return options;
    }

    private ChatCompletionOptions OptionsWithTools(AgentTurn turn, int number)
    {
        var options = Options();
        var first = number == 1 ? turn.FirstTools : [];
        foreach (var tool in turn.Tools.All.Where(tool => first.Count == 0 || first.Contains(tool.Name)))
            options.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.Parameters.GetRawText())));
        options.ToolChoice = number > config.Assistant.MaxRounds ? ChatToolChoice.CreateNoneChoice()
            : first is [var only] ? ChatToolChoice.CreateFunctionChoice(only)
            : first.Count > 1 ? ChatToolChoice.CreateRequiredChoice()
            : null;
        return options;
    }

    private static async Task EndAsync(AnswerWriter answer, AgentVoice voice, ModelReply reply)
    {
        await voice.EndAsync();
        if (!voice.HasSpoken)
            throw reply.Finish is ChatFinishReason.ContentFilter ? GatewayFailure.Withheld() : GatewayFailure.Silent();
        if (reply.Finish is ChatFinishReason.Length)
            await answer.NoticeAsync(Protocol.NoticeLevel.Info, "The answer is as long as this model may write. Ask it to go on.");
    }
}
