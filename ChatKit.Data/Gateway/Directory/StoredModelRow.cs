namespace ChatKit.Data.Gateway.Directory;

/// <summary>A deployment that was added while the gateway ran, beside those of the configuration file.</summary>
public sealed class StoredModelRow
{
    public required string Id { get; init; }

    public required string ModelName { get; set; }

    /// <summary><c>litellm_params</c>: a JSON object whose texts are encrypted.</summary>
    public required string Parameters { get; set; }

    /// <summary><c>model_info</c>: a JSON object.</summary>
    public required string Info { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime UpdatedAt { get; set; }

    public string? UpdatedBy { get; set; }
}
