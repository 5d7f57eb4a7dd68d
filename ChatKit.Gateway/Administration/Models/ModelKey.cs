using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Administration.Models;

/// <summary>The key that stored models are opened and sealed with.</summary>
internal sealed class ModelKey(Secret key)
{
    public SealedText Text { get; } = new(key);

    /// <summary>The model; null where it was sealed under another key.</summary>
    public StoredModel? Open(StoredModelRow row) => SealedParameters.Open(row.Parameters, Text) is { } parameters ? new StoredModel(row.Id, row.ModelName, new Secret(parameters), row.Info) : null;
}
