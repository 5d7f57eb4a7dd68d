using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Model;

/// <summary>What happens to parameters that a provider has no word for (https://docs.litellm.ai/docs/completion/drop_params).</summary>
internal sealed record ParameterPolicy
{
    /// <summary>Refuse the call over them: LiteLLM's default.</summary>
    public static ParameterPolicy Default { get; } = new();

    /// <summary><c>drop_params</c>: leave them out, and name them in the losses.</summary>
    public bool Drops { get; init; }

    /// <summary><c>additional_drop_params</c>: paths that are always left out, e.g. <c>tools[*].strict</c>.</summary>
    public IReadOnlyList<JsonPath> AlwaysDropped { get; init; } = [];

    /// <summary><c>allowed_openai_params</c>: parameters that go to the provider as they came, although it is not known to have them.</summary>
    public IReadOnlyList<string> AlwaysSent { get; init; } = [];

    /// <summary><c>modify_params</c>: the gateway may repair a request that the provider would refuse.</summary>
    public bool Repairs { get; init; }

    /// <summary><c>strict</c>: any loss refuses the call.</summary>
    public bool IsStrict { get; init; }

    /// <summary><c>merge_reasoning_content_in_choices</c>: reasoning comes in the content, between <c>&lt;think&gt;</c> tags.</summary>
    public bool MergesReasoning { get; init; }

    /// <summary>True for a top-level member that no request may have.</summary>
    public bool NeverSends(string name)
    {
        foreach (var path in AlwaysDropped)
        {
            if (path.IsMember(name)) return true;
        }

        return false;
    }

    /// <summary>The policy of one call: the client's wishes over what is configured.</summary>
    public ParameterPolicy With(ParameterWishes? wishes) => wishes is null
        ? this
        : this with
        {
            Drops = wishes.Drops ?? Drops,
            AlwaysDropped = [.. AlwaysDropped, .. wishes.AlwaysDropped],
            AlwaysSent = [.. AlwaysSent, .. wishes.AlwaysSent],
        };
}
