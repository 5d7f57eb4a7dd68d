namespace ChatKit.Gateway.Model;

/// <summary>What happens to parameters that a provider has no word for (https://docs.litellm.ai/docs/completion/drop_params).</summary>
internal sealed record ParameterPolicy
{
    /// <summary>Refuse the call over them: LiteLLM's default.</summary>
    public static ParameterPolicy Default { get; } = new();

    /// <summary><c>drop_params</c>: leave them out, and name them in the losses.</summary>
    public bool Drops { get; init; }

    /// <summary><c>additional_drop_params</c>: paths that are always left out, e.g. <c>tools[*].strict</c>.</summary>
    public IReadOnlyList<string> AlwaysDropped { get; init; } = [];

    /// <summary><c>allowed_openai_params</c>: parameters that go to the provider as they came, although it is not known to have them.</summary>
    public IReadOnlyList<string> AlwaysSent { get; init; } = [];

    /// <summary><c>modify_params</c>: the gateway may repair a request that the provider would refuse.</summary>
    public bool Repairs { get; init; }

    /// <summary><c>strict</c>: any loss refuses the call.</summary>
    public bool IsStrict { get; init; }
}
