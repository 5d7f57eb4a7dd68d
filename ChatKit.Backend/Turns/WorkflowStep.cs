using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>One step of a workflow that is being written.</summary>
public sealed class WorkflowStep
{
    private readonly WorkflowWriter _workflow;
    private readonly int _index;

    internal WorkflowStep(WorkflowWriter workflow, int index) => (_workflow, _index) = (workflow, index);

    /// <summary>As it was last shown.</summary>
    public WorkflowTask Task => _workflow.At(_index);

    /// <summary>Shows it anew.</summary>
    public Task UpdateAsync(WorkflowTask task) => _workflow.UpdateAsync(_index, task);
}
