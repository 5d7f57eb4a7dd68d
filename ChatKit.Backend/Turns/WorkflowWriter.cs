using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>The steps that lead to an answer, as they are taken. Several tasks may write to it at once.</summary>
public sealed class WorkflowWriter
{
    private readonly AnswerWriter _answer;
    private readonly WorkflowItem _item;
    private readonly List<WorkflowTask> _tasks = [];
    private bool _shown;
    private bool _ended;

    internal WorkflowWriter(AnswerWriter answer, WorkflowKind kind)
    {
        _answer = answer;
        _item = new WorkflowItem { Id = Ids.Workflow(), ThreadId = answer.Thread.Id, CreatedAt = answer.Time.GetUtcNow(), Workflow = new Workflow(kind, []) };
    }

    /// <summary>Adds a step, and returns what changes it.</summary>
    public async Task<WorkflowStep> AddAsync(WorkflowTask task)
    {
        ThreadEvent added;
        int index;
        lock (_tasks)
        {
            index = _tasks.Count;
            _tasks.Add(task);
            added = _shown ? new ItemUpdated(_item.Id, new WorkflowTaskAdded(index, task)) : new ItemAdded(_item with { Workflow = _item.Workflow with { Tasks = [task] } });
            _shown = true;
        }

        await _answer.SendAsync(added);
        return new WorkflowStep(this, index);
    }

    /// <summary>Completes and stores it. Without a summary it says how long it took.</summary>
    /// <param name="summary">The line that stands for it from now on.</param>
    /// <param name="expanded">Whether its steps stay in sight.</param>
    public async Task EndAsync(WorkflowSummary? summary = null, bool expanded = false)
    {
        Workflow workflow;
        lock (_tasks)
        {
            if (_ended || !_shown)
                return;
            _ended = true;
            var seconds = (int)(_answer.Time.GetUtcNow() - _item.CreatedAt).TotalSeconds;
            workflow = _item.Workflow with { Tasks = [.. _tasks], Summary = summary ?? new WorkflowSummary { Duration = seconds }, Expanded = expanded };
        }

        await _answer.SendAsync(new ItemDone(_item with { Workflow = workflow }));
    }

    internal Task BeginAsync()
    {
        if (_item.Workflow.Type is not WorkflowKind.Reasoning)
            return Task.CompletedTask;
        _shown = true;
        return _answer.SendAsync(new ItemAdded(_item));
    }

    internal WorkflowTask At(int index)
    {
        lock (_tasks)
        {
            return _tasks[index];
        }
    }

    internal Task UpdateAsync(int index, WorkflowTask task)
    {
        lock (_tasks)
        {
            _tasks[index] = task;
        }

        return _answer.SendAsync(new ItemUpdated(_item.Id, new WorkflowTaskUpdated(index, task)));
    }
}
