using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Tools;

/// <summary>All tools from all sources. A name is given once: the first source that has it keeps it.</summary>
internal sealed partial class ToolCatalog(IEnumerable<IToolSource> sources, ILogger<ToolCatalog> logger)
{
    public async Task<ToolSet> ForAsync(TurnThread thread, CancellationToken cancel)
    {
        var found = await Task.WhenAll(sources.Select(source => source.ForAsync(thread, cancel)));
        var tools = new List<ITool>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tool in found.SelectMany(each => each))
        {
            if (names.Add(tool.Name))
                tools.Add(tool);
            else
                Log.NameTaken(logger, tool.Name);
        }

        return new ToolSet(tools);
    }

    public async Task<IReadOnlyList<ToolGroup>> GroupsAsync(CancellationToken cancel) =>
        [.. (await Task.WhenAll(sources.Select(source => source.GroupsAsync(cancel)))).SelectMany(groups => groups).DistinctBy(group => group.Id, StringComparer.Ordinal)];

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Two tools have the name {Name}: only the first is offered")]
        public static partial void NameTaken(ILogger logger, string name);
    }
}
