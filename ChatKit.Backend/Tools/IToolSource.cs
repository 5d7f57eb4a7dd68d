using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Tools;

/// <summary>Brings tools of one kind: those built in, those of a server, those that a thread's files ask for.</summary>
internal interface IToolSource
{
    /// <summary>What this thread's model may call. Soon: what is not there yet is left out.</summary>
    Task<IReadOnlyList<ITool>> ForAsync(TurnThread thread, CancellationToken cancel);

    /// <summary>What the composer offers.</summary>
    Task<IReadOnlyList<ToolGroup>> GroupsAsync(CancellationToken cancel);
}

/// <summary>Tools that the composer offers as one.</summary>
/// <param name="Id">What <c>inference_options.tool_choice.id</c> says.</param>
/// <param name="Label">For people.</param>
/// <param name="Icon">One of the protocol's icon names.</param>
/// <param name="Description">What it is good for.</param>
/// <param name="Available">Whether it can be called now.</param>
/// <param name="Tools">The names of its tools.</param>
internal sealed record ToolGroup(string Id, string Label, string Icon, string Description, bool Available, IReadOnlyList<string> Tools);
