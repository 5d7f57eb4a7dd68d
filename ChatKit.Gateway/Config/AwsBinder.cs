using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Where and as whom Amazon Bedrock is called (https://docs.litellm.ai/docs/providers/bedrock#authentication): a region, and a Bedrock API key as bearer token or
/// an AWS identity that signs. What the deployment says stands above the environment, and above that the machine's own identity.
/// </summary>
internal sealed class AwsBinder(EnvironmentValues environment, ConfigSection parameters)
{
    /// <summary>Keys of <c>litellm_params</c> that are read here.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_region_name", "aws_profile_name", "aws_role_name", "aws_session_name", "aws_external_id",
         "aws_web_identity_token", "aws_bedrock_runtime_endpoint"];

    /// <summary>LiteLLM's.</summary>
    private const string DefaultRegion = "us-west-2";

    private string? _missing;

    public DeploymentTarget Bind(ProviderChoice choice, string? apiBase)
    {
        var region = Text("aws_region_name") ?? choice.Region ?? environment.FirstOf(["AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION"]) ?? DefaultRegion;
        if (!region.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-'))
        {
            parameters.Report.Problem(parameters.At("aws_region_name"), $"must be a region of AWS, such as eu-west-1, not '{region}'");
            return DeploymentTarget.Itself;
        }

        if (Address(choice.Row!, apiBase, region) is not { } address) return DeploymentTarget.Itself;
        var target = new DeploymentTarget { BaseAddress = address, OperationPath = "model/{model}/{operation}" };
        var (key, identity) = Credentials(choice.Row!, region);
        if (_missing is not null) return target with { Unavailable = $"The provider {choice.Name} has no credentials: the environment variable {_missing} is not set." };
        if (key is not null && !HeaderNames.IsValidValue(key)) parameters.Report.Problem(parameters.At("api_key"), "holds characters that no HTTP header can carry");
        return target with { ApiKey = key is null ? null : new Secret(key), Identity = identity };
    }

    private Uri? Address(ProviderRow row, string? apiBase, string region)
    {
        var suffix = region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";
        var written = apiBase ?? Text("aws_bedrock_runtime_endpoint") ?? environment.FirstOf(row.BaseVariables) ?? $"https://bedrock-runtime.{region}.{suffix}";
        if (Uri.TryCreate(written, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return new Uri(address.AbsoluteUri.TrimEnd('/'));
        parameters.Report.Problem(parameters.At(apiBase is null ? "aws_bedrock_runtime_endpoint" : "api_base"), $"must be an absolute http or https address, not '{written}'");
        return null;
    }

    private (string? Key, AwsIdentity? Identity) Credentials(ProviderRow row, string region)
    {
        if (Text("api_key") is { } own) return (own, null);
        var configured = Configured(region);
        if (configured != new AwsIdentity(region) || _missing is not null) return (null, configured);
        if (environment.FirstOf(row.KeyVariables) is { } key) return (key, null);
        return (null, environment["AWS_ACCESS_KEY_ID"] is { } id && environment["AWS_SECRET_ACCESS_KEY"] is { } secret
            ? configured with { AccessKeyId = id, SecretAccessKey = new Secret(secret), SessionToken = SecretOf(environment["AWS_SESSION_TOKEN"]) }
            : configured);
    }

    private AwsIdentity Configured(string region)
    {
        var identity = new AwsIdentity(region)
        {
            AccessKeyId = Text("aws_access_key_id"),
            SecretAccessKey = SecretOf(Text("aws_secret_access_key")),
            SessionToken = SecretOf(Text("aws_session_token")),
            Profile = Text("aws_profile_name"),
            Role = Text("aws_role_name"),
            ExternalId = Text("aws_external_id"),
            WebIdentityTokenFile = Text("aws_web_identity_token"),
        };
        if (Text("aws_session_name") is { } session) identity = identity with { SessionName = session };
        if (_missing is null && identity.AccessKeyId is null != identity.SecretAccessKey is null)
            parameters.Report.Problem(parameters.At("aws_access_key_id"), "and aws_secret_access_key belong together: one of them is missing");
        if (identity is { WebIdentityTokenFile: not null, Role: null })
            parameters.Report.Problem(parameters.At("aws_web_identity_token"), "needs the role that the token is for, in aws_role_name");
        return identity;
    }

    private string? Text(string key)
    {
        var value = parameters.Text(key, out var missing, consequence: "calls to this deployment will say so");
        _missing ??= missing;
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    private static Secret? SecretOf(string? value) => value is null ? null : new Secret(value);
}
