using System.Collections.Concurrent;
using System.Text.Json;

namespace ChatKit.Gateway.Model.Facts;

/// <summary>
/// The published facts about models, from the files in <c>Data/</c>. A provider's file is read when its first model is asked for, so that starting costs
/// nothing and a gateway of two providers reads two files.
/// </summary>
internal static class ModelFactsCatalog
{
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, FactsRow>> Files = new(StringComparer.Ordinal);

    /// <summary>What is known about a provider's model; <see cref="ModelFacts.Unknown"/> where nothing is.</summary>
    /// <param name="provider">The gateway's name of the provider.</param>
    /// <param name="model">The model's name there.</param>
    public static ModelFacts Find(string provider, string model)
    {
        foreach (var (owner, name) in PublishedNames.Of(provider, model))
        {
            if (Rows(owner).TryGetValue(name, out var row)) return row.ToFacts();
        }

        return ModelFacts.Unknown;
    }

    /// <summary>The facts of <c>base_model</c>: <c>provider/model</c>, or a model of the deployment's own provider.</summary>
    public static ModelFacts FindBase(string provider, string baseModel)
    {
        var slash = baseModel.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Rows(baseModel[..slash]).Count > 0 ? Find(baseModel[..slash], baseModel[(slash + 1)..]) : Find(provider, baseModel);
    }

    private static IReadOnlyDictionary<string, FactsRow> Rows(string provider) => Files.GetOrAdd(provider, Read);

    private static Dictionary<string, FactsRow> Read(string provider)
    {
        using var file = typeof(ModelFactsCatalog).Assembly.GetManifestResourceStream($"facts/{provider}");
        return file is null ? [] : JsonSerializer.Deserialize(file, FactsJson.Default.FactsFile)!.Models;
    }
}
