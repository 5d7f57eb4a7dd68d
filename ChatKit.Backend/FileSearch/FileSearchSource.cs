using ChatKit.Backend.Tools;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.FileSearch;

/// <summary>Offers the search to threads that have something to search. The composer may offer it before: the files may come with the message.</summary>
internal sealed class FileSearchSource(FileIndex index, SearchFilesTool tool) : IToolSource
{
    public async Task<IReadOnlyList<ITool>> ForAsync(TurnThread thread, CancellationToken cancel) => await index.HasTextsAsync(thread.Id, cancel) ? [tool] : [];

    public Task<IReadOnlyList<ToolGroup>> GroupsAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ToolGroup>>([new ToolGroup(tool.Name, tool.Label, tool.Icon!, "Searches the files of the conversation.", Available: true, [tool.Name])]);
}
