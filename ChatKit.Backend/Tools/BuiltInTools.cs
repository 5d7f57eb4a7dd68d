using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Tools;

/// <summary>The tools that are part of this process: ours, and those that an application registers.</summary>
internal sealed class BuiltInTools(IEnumerable<ITool> tools) : IToolSource
{
    private readonly IReadOnlyList<ITool> _tools = [.. tools];

    public Task<IReadOnlyList<ITool>> ForAsync(TurnThread thread, CancellationToken cancel) => Task.FromResult(_tools);

    public Task<IReadOnlyList<ToolGroup>> GroupsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<ToolGroup>>(
        [.. _tools.Select(tool => new ToolGroup(tool.Name, tool.Label, tool.Icon ?? "settings-slider", tool.Description, Available: true, [tool.Name]))]);
}
