using System.Collections.Concurrent;
using System.Text.Json;

namespace ChatKit.Gateway.Model.Facts;

/// <summary>
/// The published facts about models, from the files in <c>Data/</c>. A provider's file is read when its first model is asked for, so that starting costs
/// nothing and a gateway of two providers reads two files.
/// </summary>
internal static class ModelFactsCatalog
{
    /// <summary>Behind a wildcard clients make names up: what is remembered is bounded.</summary>
    private const int MostRemembered = 4096;

    private static readonly ConcurrentDictionary<string, FactsFile> Files = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<(string Provider, string Model), ModelFacts> Found = new();

    /// <summary>What is known about a provider's model; <see cref="ModelFacts.Unknown"/> where nothing is.</summary>
    /// <param name="provider">The gateway's name of the provider.</param>
    /// <param name="model">The model's name there.</param>
    public static ModelFacts Find(string provider, string model)
    {
        if (Found.TryGetValue((provider, model), out var known)) return known;
        if (Found.Count >= MostRemembered) Found.Clear();
        return Found[(provider, model)] = Look(provider, model);
    }

    /// <summary>The facts of <c>base_model</c>: <c>provider/model</c>, or a model of the deployment's own provider.</summary>
    public static ModelFacts FindBase(string provider, string baseModel)
    {
        var slash = baseModel.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && FileOf(baseModel[..slash]).Models.Count > 0 ? Find(baseModel[..slash], baseModel[(slash + 1)..]) : Find(provider, baseModel);
    }

    private static ModelFacts Look(string provider, string model)
    {
        foreach (var (owner, name) in PublishedNames.Of(provider, model))
        {
            var file = FileOf(owner);
            if (file.Models.TryGetValue(name, out var row)) return row.ToFacts(file.Batch);
        }

        return ModelFacts.Unknown;
    }

    private static FactsFile FileOf(string provider) => Files.GetOrAdd(provider, Read);

    private static FactsFile Read(string provider)
    {
        using var file = typeof(ModelFactsCatalog).Assembly.GetManifestResourceStream($"facts/{provider}");
        return file is null ? new FactsFile(null, []) : JsonSerializer.Deserialize(file, FactsJson.Default.FactsFile)!;
    }
}
