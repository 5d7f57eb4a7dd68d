using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tools;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Agent;

/// <summary>Shows what a model does in the order in which it does it: thoughts and tools as the steps of a workflow, words as a message with its sources.</summary>
internal sealed class AgentVoice(AnswerWriter answer, Citations citations)
{
    private readonly CitedText _marks = new(citations);
    private MessageWriter? _message;
    private WorkflowWriter? _workflow;
    private ThoughtWriter? _thought;
    private bool _cited;

    /// <summary>Whether there is anything for the user to read or see.</summary>
    public bool HasSpoken { get; private set; }

    public async Task ThinkAsync(string text)
    {
        if (_thought is null)
        {
            await EndMessageAsync();
            _workflow ??= await answer.BeginWorkflowAsync(WorkflowKind.Reasoning);
            _thought = new ThoughtWriter(_workflow, answer.Time);
        }

        await _thought.WriteAsync(text);
    }

    public async Task SayAsync(string text)
    {
        if (_message is null)
        {
            // Blank lines before the first word, or before a call of a tool, are no message.
            text = text.TrimStart();
            if (text.Length == 0)
                return;
            await EndStepsAsync();
            _message = await answer.BeginMessageAsync();
            HasSpoken = true;
        }

        foreach (var (words, sources) in _marks.Read(text))
        {
            await _message.WriteAsync(words);
            foreach (var source in sources)
            {
                _cited = true;
                await _message.CiteAsync(source);
            }
        }
    }

    /// <summary>A source that the provider names.</summary>
    public Task CiteAsync(Source source, int? index) =>
        _message is null ? Task.CompletedTask : _message.CiteAsync(source, index is { } at ? Math.Clamp(at, 0, _message.Length) : null);

    /// <summary>Adds a step to what leads to the answer.</summary>
    public async Task<WorkflowStep> StepAsync(WorkflowTask task)
    {
        await EndMessageAsync();
        await EndThoughtAsync();
        _workflow ??= await answer.BeginWorkflowAsync();
        return await _workflow.AddAsync(task);
    }

    public async Task ShowAsync(GeneratedImage image)
    {
        await EndMessageAsync();
        await EndStepsAsync();
        await (await answer.BeginImageAsync()).ShowAsync(image, progress: 1);
        HasSpoken = true;
    }

    /// <summary>All is said. Files that were found and never cited in place are named at the end.</summary>
    public async Task EndAsync()
    {
        await EndStepsAsync();
        if (_message is not null && !_cited)
        {
            foreach (var file in citations.All.OfType<FileSource>())
                await _message.CiteAsync(file);
        }

        await EndMessageAsync();
    }

    private async Task EndStepsAsync()
    {
        await EndThoughtAsync();
        if (_workflow is not null)
            await _workflow.EndAsync();
        _workflow = null;
    }

    private async Task EndThoughtAsync()
    {
        if (_thought is not null)
            await _thought.EndAsync();
        _thought = null;
    }

    private async Task EndMessageAsync()
    {
        if (_message is null)
            return;
        await _message.WriteAsync(_marks.Rest());
        await _message.EndAsync();
        _message = null;
    }
}
