using ChatKit.Backend.Models;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tools;
using ChatKit.Backend.Turns;
using OpenAI.Chat;

namespace ChatKit.Backend.Agent.Context;

/// <summary>
/// Makes a thread fit its model: where it has outgrown it, the older part gives way to a summary, which is kept with the thread. The newest messages stay as they are;
/// calls of tools stay with their outputs, since these are one item.
/// </summary>
internal sealed class ContextFit(ContextBudgets budgets, Summarizer summarizer, AttachedFiles files)
{
    /// <summary>Every model reads this much: nobody need be asked.</summary>
    public const int AlwaysFits = 2500;

    private const string LeftOut = "(Older messages were left out.)";

    /// <param name="answer">The turn.</param>
    /// <param name="history">What was said.</param>
    /// <param name="asked">Who reads it.</param>
    /// <param name="most">At most so many tokens, whatever is known of the model; null: as known.</param>
    /// <param name="cancel">The stop.</param>
    public async Task<FittedContext> FitAsync(AnswerWriter answer, History history, ContextAsked asked, int? most, CancellationToken cancel)
    {
        var messages = await ReadAsync(history, asked, cancel);
        var spent = ContextBudgets.Of(asked.Tools);
        var size = TokenEstimate.Of(messages) + spent;
        if (size <= AlwaysFits && most is null)
            return new FittedContext(messages, Budget: null);
        var budget = (most ?? await budgets.OfAsync(asked.Model, cancel)) - spent;
        if (budget is not { } room || size - spent <= room)
            return new FittedContext(messages, budget);

        var split = await SplitAsync(history, asked, room, cancel);
        if (split > 0)
        {
            history = await ShortenAsync(answer, history, split, asked.Model, room, cancel);
            messages = await ReadAsync(history, asked, cancel);
        }

        return TokenEstimate.Of(messages) <= room ? new FittedContext(messages, room) : throw GatewayFailure.TooLong();
    }

    private async Task<History> ShortenAsync(AnswerWriter answer, History history, int split, string model, int room, CancellationToken cancel)
    {
        await answer.ProgressAsync("…");
        var older = history.Items.Take(split).ToList();
        var summary = await summarizer.SumUpAsync(history.Summary, older, model, room, cancel);
        if (summary is not null)
            await answer.SendAsync(new ItemDone(SummaryNote.Of(summary, older[^1].Id, answer.Thread.Id, answer.Time.GetUtcNow())));
        return new History(summary ?? LeftOut, [.. history.Items.Skip(split)]);
    }

    /// <summary>How many of the oldest items give way, so that the rest is half of the room: the next turns have some too. What is being answered stays.</summary>
    private async Task<int> SplitAsync(History history, ContextAsked asked, int room, CancellationToken cancel)
    {
        var parts = await files.ReadAsync(history.Items, asked.TextRoom, cancel);
        var last = LastAnswered(history.Items);
        var (split, kept) = (history.Items.Count, 0);
        while (split > 0)
        {
            kept += Conversation.ToMessages("", [history.Items[split - 1]], parts, withTools: true).Skip(1).Sum(TokenEstimate.Of);
            if (kept > room / 2 && split - 1 < last)
                break;
            split--;
        }

        // A conversation begins with its user, where it can.
        var begin = history.Items.Skip(split).TakeWhile((item, i) => item is not UserMessage && split + i < last).Count();
        return Math.Min(split + begin, last);
    }

    private static int LastAnswered(IReadOnlyList<ThreadItem> items)
    {
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (items[i] is UserMessage)
                return i;
        }

        return items.Count - 1;
    }

    private async Task<IReadOnlyList<ChatMessage>> ReadAsync(History history, ContextAsked asked, CancellationToken cancel) =>
        Conversation.ToMessages(asked.SystemPrompt, history.ToItems(), await files.ReadAsync(history.Items, asked.TextRoom, cancel), withTools: !asked.Tools.IsEmpty);
}

/// <summary>Who is to read a conversation, and what they get beside it.</summary>
/// <param name="Model">The model.</param>
/// <param name="SystemPrompt">What it is told first.</param>
/// <param name="Tools">What it may call.</param>
/// <param name="TextRoom">How many characters of a file are shown at once.</param>
internal sealed record ContextAsked(string Model, string SystemPrompt, ToolSet Tools, int TextRoom);

/// <summary>What a model reads, and how much it could; null where nobody knows.</summary>
internal sealed record FittedContext(IReadOnlyList<ChatMessage> Messages, int? Budget);
