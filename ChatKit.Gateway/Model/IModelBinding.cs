namespace ChatKit.Gateway.Model;

/// <summary>
/// What Config, the only producer of deployments, offers to whoever keeps models elsewhere than in a file: the same rules, the same words about what is wrong.
/// </summary>
internal interface IModelBinding
{
    /// <summary>What is wrong with a model, each with its path (<c>litellm_params.rpm: must be …</c>); nothing where it can be used.</summary>
    IReadOnlyList<string> Check(StoredModel model);

    /// <summary>Puts these into use beside the file's, in place of those that were in use before.</summary>
    void Use(IReadOnlyList<StoredModel> models);
}
