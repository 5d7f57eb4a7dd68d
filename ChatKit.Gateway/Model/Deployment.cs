using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Model.Facts;

namespace ChatKit.Gateway.Model;

/// <summary>
/// One entry of <c>model_list</c>, bound and checked: where a model can be reached and with which credentials. Immutable; what changes
/// while calls run lives in <see cref="State"/>, which survives a reload of the configuration when the entry did not change.
/// </summary>
internal sealed record Deployment
{
    private DeploymentAddress? _address;
    private KnownFacts? _facts;

    /// <summary><c>model_info.id</c>, else a deterministic hash of the parameters.</summary>
    public required string Id { get; init; }

    /// <summary>The same as long as the entry in the file is; what tells a reload that the deployment did not change.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>True where the database keeps it instead of a file (<c>db_model</c>).</summary>
    public bool IsStored { get; init; }

    /// <summary>The name of the group that the deployment belongs to (<c>model_name</c>; may hold wildcards).</summary>
    public required string GroupName { get; init; }

    /// <summary>The provider's prefix (<c>openai</c>, <c>mistral</c> …): the key into the provider catalog.</summary>
    public required string Provider { get; init; }

    /// <summary>The model's name at the provider. May hold <c>*</c>, which the group's wildcard match replaces.</summary>
    public required string UpstreamModel { get; init; }

    /// <summary>The base address without a trailing slash; null where the deployment answers by itself (<see cref="MockResponse"/>).</summary>
    public required Uri? BaseAddress { get; init; }

    /// <summary>The credential; null where the provider needs none. Never logged, never serialised.</summary>
    public required Secret? ApiKey { get; init; }

    /// <summary>How <see cref="ApiKey"/> travels.</summary>
    public KeyHeader KeyHeader { get; init; }

    /// <summary>Who we are at a cloud that wants more than a key; null where <see cref="ApiKey"/> is all.</summary>
    public CloudIdentity? Identity { get; init; }

    /// <summary><c>use_in_pass_through</c>: the provider's own API is called as this deployment is, where it is called through the gateway.</summary>
    public bool UsedInPassThrough { get; init; }

    /// <summary>
    /// Why no call can be sent, for the caller to read: a variable that holds the key is not set, a provider that is not implemented. Null where
    /// all is there.
    /// </summary>
    public string? Unavailable { get; init; }

    /// <summary>From the base address to an operation such as <c>chat/completions</c>; Azure has the model and its API version in it.</summary>
    public string OperationPath { get; init; } = "{operation}";

    /// <summary>Time limits of a call to this deployment, already resolved over router and global settings.</summary>
    public required CallTimeouts Timeouts { get; init; }

    /// <summary><c>extra_headers</c> and the provider's own per-deployment headers (organisation, version).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Request parameters given in <c>litellm_params</c>: sent where the client did not set them. Raw UTF-8 JSON by member name.</summary>
    public IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> DefaultParameters { get; init; } = [];

    /// <summary>What the configuration says about the model; it counts more than what is published.</summary>
    public ModelFacts GivenFacts { get; init; } = ModelFacts.Unknown;

    /// <summary>The operator's own list of models.</summary>
    public CostMap CostMap { get; init; } = CostMap.Empty;

    /// <summary><c>base_model</c>: the published model behind a name that says nothing, such as an Azure deployment's; null where not given.</summary>
    public string? BaseModel { get; init; }

    /// <summary>What happens to parameters that the provider does not know.</summary>
    public ParameterPolicy Parameters { get; init; } = ParameterPolicy.Default;

    /// <summary><c>mock_response</c>: the text that the deployment answers without calling anybody; null for a real one.</summary>
    public string? MockResponse { get; init; }

    /// <summary>Share of traffic under simple-shuffle; null where not given.</summary>
    public double? Weight { get; init; }

    /// <summary>Requests per minute; null where not given.</summary>
    public int? Rpm { get; init; }

    /// <summary>Tokens per minute; null where not given.</summary>
    public int? Tpm { get; init; }

    /// <summary>The lowest order is tried first.</summary>
    public int Order { get; init; }

    /// <summary><c>max_parallel_requests</c>: attempts under way at a time; null for any number.</summary>
    public int? MaxParallel { get; init; }

    /// <summary><c>max_budget</c> and <c>budget_duration</c>: what may be spent on it; null where nothing bounds that.</summary>
    public Account? Account { get; init; }

    /// <summary><c>num_retries</c> after an error of this deployment; null where not given.</summary>
    public int? Retries { get; init; }

    /// <summary><c>cooldown_time</c> of this deployment; zero never gives it a rest, null where not given.</summary>
    public TimeSpan? CooldownTime { get; init; }

    /// <summary><c>tags</c>: the calls that it is meant for.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary><c>region_name</c>, or the cloud's own word for it; null where nobody said.</summary>
    public string? Region { get; init; }

    /// <summary><c>model_info.access_groups</c>: names by which keys may be given this model among others.</summary>
    public IReadOnlyList<string> AccessGroups { get; init; } = [];

    /// <summary>True where the client's words decide the model at the provider, so that an unknown model says nothing about the deployment.</summary>
    public bool IsWildcard => WildcardPattern.IsPattern(UpstreamModel);

    /// <summary><c>litellm_params</c> for people to see, without any credential: one JSON object.</summary>
    public ReadOnlyMemory<byte> ShownParameters { get; init; } = "{}"u8.ToArray();

    /// <summary>Everything else of <c>model_info</c>, echoed by the model endpoints. Raw UTF-8 JSON by member name.</summary>
    public IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Info { get; init; } = [];

    /// <summary>The model that a health check calls; null where a wildcard leaves it open.</summary>
    public string? ProbeModel { get; init; }

    /// <summary>How long a health check may take.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary><c>disable_background_health_check</c>: only <c>/health</c> itself may call it.</summary>
    public bool SkipsBackgroundChecks { get; init; }

    /// <summary>What the calls in flight learn about this deployment.</summary>
    public DeploymentState State { get; init; } = new();

    /// <summary>The base address as clients may see it; null where the deployment answers by itself.</summary>
    public string? ShownBase => Address?.Shown;

    /// <summary>What is known about a model called through this deployment (of a wildcard there are many).</summary>
    public ModelFacts FactsOf(string upstreamModel)
    {
        var latest = _facts;
        if (latest is null || latest.Model != upstreamModel)
        {
            var published = BaseModel is null ? ModelFactsCatalog.Find(Provider, upstreamModel) : ModelFactsCatalog.FindBase(Provider, BaseModel);
            var listed = CostMap.Find(Provider, BaseModel ?? upstreamModel);
            _facts = latest = new KnownFacts(upstreamModel, GivenFacts.Over(listed.Over(published)));
        }

        return latest.Facts;
    }

    private DeploymentAddress? Address =>
        BaseAddress is null ? null
        : _address is { } known && known.IsOf(BaseAddress, OperationPath) ? known
        : _address = new DeploymentAddress(BaseAddress, OperationPath);

    /// <summary>The text without any credential of this deployment in it.</summary>
    public string Mask(string text)
    {
        var masked = ApiKey?.Mask(text) ?? text;
        return Identity is null ? masked : Identity.Secrets.Aggregate(masked, static (left, secret) => secret.Mask(left));
    }

    /// <summary>The absolute address of an operation; null where the deployment answers by itself.</summary>
    public Uri? AddressOf(string operation, string upstreamModel) => Address?.Of(operation, upstreamModel);

    private sealed record KnownFacts(string Model, ModelFacts Facts);
}
