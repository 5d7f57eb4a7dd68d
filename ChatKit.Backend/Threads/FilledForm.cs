using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Threads;

/// <summary>Fits what was sent to what was asked: unknown ids are dropped, what is missing or empty counts as skipped, one choice is one value.</summary>
internal static class FilledForm
{
    public static StructuredInput From(StructuredInput form, StructuredAnswers sent)
    {
        var skipped = sent.Status is AnswersStatus.Skipped;
        return form with
        {
            Status = skipped ? StructuredInputStatus.Skipped : StructuredInputStatus.Answered,
            Inputs = [.. form.Inputs.Select(question => question with { Answer = skipped ? Answer.None : AnswerTo(question, sent) })],
        };
    }

    private static Answer AnswerTo(Question question, StructuredAnswers sent)
    {
        if (sent.Answers?.GetValueOrDefault(question.Id) is not { Skipped: false, Values: { Count: > 0 } values })
            return Answer.None;
        return new Answer(question is MultipleChoice { Multiple: false } ? [values[0]] : values, Skipped: false);
    }
}
