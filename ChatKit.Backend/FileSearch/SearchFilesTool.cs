using System.Text.Json;
using ChatKit.Backend.Configuration;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tools;

namespace ChatKit.Backend.FileSearch;

/// <summary>Finds passages in the files of a thread, each with a mark by which the answer can cite its file.</summary>
internal sealed class SearchFilesTool(FileIndex index, Embedder embedder, VectorSearch vectors, WordSearch words, ChatKitConfig config) : ITool
{
    public const string ToolName = "search_files";

    public string Name => ToolName;

    public string Label => "File search";

    public string Icon => "search";

    public string Description => "Searches the files that are attached to this conversation for what is asked, and returns the passages that fit best.";

    public JsonElement Parameters { get; } = ToolSchema.Of(
        """
        {"type":"object","properties":{"query":{"type":"string","description":"What to look for, in words of the files' language."}},"required":["query"],"additionalProperties":false}
        """);

    /// <summary>The first search of a long file makes its vectors.</summary>
    public TimeSpan? Timeout { get; } = TimeSpan.FromMinutes(2);

    public async Task<ToolResult> CallAsync(ToolCall request, CancellationToken cancel)
    {
        if (request.Text("query") is not { } query || string.IsNullOrWhiteSpace(query))
            return ToolResult.Failure("`query` is missing.");
        var model = await embedder.ModelAsync(cancel);
        var files = await index.ReadyAsync(request.Thread.Id, model, cancel);
        var found = await FindAsync([.. files.Keys], model, query, cancel);
        if (found.Count == 0)
            return new ToolResult("Nothing was found in the files.");
        var passages = found.Select(passage => $"{Cite(request, files[passage.AttachmentId])} {files[passage.AttachmentId]}:\n{passage.Text}");
        return new ToolResult($"Cite a passage by its mark, such as 【1】, right behind what you take from it.\n\n{string.Join("\n\n---\n\n", passages)}");
    }

    private static string Cite(ToolCall request, string name) => request.Cite(new FileSource { Filename = name, Title = name });

    /// <summary>By meaning; where no model embeds, or it does not answer, by words.</summary>
    private async Task<IReadOnlyList<Found>> FindAsync(IReadOnlyCollection<string> files, string? model, string query, CancellationToken cancel)
    {
        if (model is not null && await embedder.EmbedAsync(model, [query], cancel) is [var question])
        {
            var found = await vectors.SearchAsync(files, model, question, config.FileSearch.MaxResults, cancel);
            if (found.Count > 0)
                return found;
        }

        return await words.SearchAsync(files, query, config.FileSearch.MaxResults, cancel);
    }
}
