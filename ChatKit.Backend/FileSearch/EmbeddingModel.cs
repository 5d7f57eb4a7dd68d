using ChatKit.Backend.Configuration;
using ChatKit.Backend.Models;

namespace ChatKit.Backend.FileSearch;

/// <summary>Which model makes vectors: <c>chatkit.yaml</c>, else <c>EMBEDDING_MODEL</c>, else the first that the gateway says embeds. Null: none, and files are searched by their words.</summary>
internal sealed class EmbeddingModel(ChatKitConfig config, IConfiguration configuration, ModelGroups groups)
{
    public async Task<string?> FindAsync(CancellationToken cancel)
    {
        if ((config.FileSearch.EmbeddingModel ?? configuration["EMBEDDING_MODEL"]) is { } named && !string.IsNullOrWhiteSpace(named))
            return named.Trim();
        return (await groups.ListAsync(cancel)).FirstOrDefault(group => group.Mode == "embedding")?.Name;
    }
}
