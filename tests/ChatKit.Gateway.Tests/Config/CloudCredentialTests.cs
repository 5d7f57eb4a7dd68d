using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

/// <summary>As whom a cloud is called: what the deployment says stands above the environment.</summary>
public sealed class CloudCredentialTests
{
    private const string Azure = "model: azure/d, api_base: https://r.openai.azure.com";

    [Fact]
    public void An_application_at_Entra_stands_above_the_key_of_the_environment()
    {
        using var folder = Entry($"{{ {Azure}, tenant_id: t, client_id: c, client_secret: os.environ/SECRET }}").Set("SECRET", "s").Set("AZURE_API_KEY", "k");

        Assert.Equal(new EntraIdentity { Source = EntraSource.ClientSecret, TenantId = "t", ClientId = "c", ClientSecret = new Secret("s") }, Only(folder).Identity);
        Assert.Null(Only(folder).ApiKey);
        Assert.Null(Only(folder).Unavailable);
        Assert.Empty(folder.Warnings());
    }

    [Fact]
    public void A_key_stands_above_an_application_of_the_environment()
    {
        using var folder = Entry($"{{ {Azure} }}").Set("AZURE_TENANT_ID", "t").Set("AZURE_CLIENT_ID", "c").Set("AZURE_CLIENT_SECRET", "s");
        Assert.Equal(EntraSource.ClientSecret, Assert.IsType<EntraIdentity>(Only(folder).Identity).Source);

        folder.Set("AZURE_API_KEY", "k");
        Assert.Equal((null, "k"), (Only(folder).Identity, Only(folder).ApiKey?.Reveal()));
    }

    [Theory]
    [InlineData("ManagedIdentityCredential", EntraSource.ManagedIdentity)]
    [InlineData("DefaultAzureCredential", EntraSource.Machine)]
    public void The_machine_s_identity_is_used_where_it_is_asked_for(string asked, object source)
    {
        using var folder = Entry($"{{ {Azure} }}").Set("AZURE_CREDENTIAL", asked);

        Assert.Equal(new EntraIdentity { Source = (EntraSource)source }, Only(folder).Identity);
    }

    [Fact]
    public void LiteLlm_s_switch_asks_for_it_too()
    {
        using var folder = new ConfigFolder().With("config.yaml", $"{{ model_list: [{{ model_name: m, litellm_params: {{ {Azure} }} }}], litellm_settings: {{ enable_azure_ad_token_refresh: true }} }}");

        Assert.Equal(new EntraIdentity { Source = EntraSource.Machine }, Only(folder).Identity);
        Assert.Empty(folder.Warnings());
    }

    [Fact]
    public void Half_an_application_is_a_problem()
    {
        using var folder = Entry($"{{ {Azure}, tenant_id: t, client_id: c }}");

        Assert.Contains("tenant_id, client_id and client_secret belong together", Assert.Single(folder.Loader().Load().Report.Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ model: bedrock/m }", "https://bedrock-runtime.us-west-2.amazonaws.com/", "us-west-2", "m")]
    [InlineData("{ model: bedrock/m, aws_region_name: cn-north-1 }", "https://bedrock-runtime.cn-north-1.amazonaws.com.cn/", "cn-north-1", "m")]
    [InlineData("{ model: bedrock/converse/us-east-1/m }", "https://bedrock-runtime.us-east-1.amazonaws.com/", "us-east-1", "m")]
    [InlineData("{ model: bedrock/arn:aws:bedrock:eu-west-1:1:inference-profile/p }", "https://bedrock-runtime.eu-west-1.amazonaws.com/", "eu-west-1", "arn:aws:bedrock:eu-west-1:1:inference-profile/p")]
    [InlineData("{ model: bedrock/m, aws_region_name: us-east-1, aws_bedrock_runtime_endpoint: 'https://vpce.example/' }", "https://vpce.example/", "us-east-1", "m")]
    public void Bedrock_is_where_its_region_is(string parameters, string address, string region, string model)
    {
        using var folder = Entry(parameters).Set("AWS_ACCESS_KEY_ID", "AKIA").Set("AWS_SECRET_ACCESS_KEY", "secret");
        var deployment = Only(folder);

        Assert.Equal((address, model), (deployment.BaseAddress!.AbsoluteUri, deployment.UpstreamModel));
        Assert.Equal(new AwsIdentity(region) { AccessKeyId = "AKIA", SecretAccessKey = new Secret("secret") }, deployment.Identity);
    }

    [Fact]
    public void A_bedrock_key_is_a_bearer_token_unless_the_deployment_has_keys_of_its_own()
    {
        using var folder = Entry("{ model: bedrock/m }").Set("AWS_BEARER_TOKEN_BEDROCK", "bearer").Set("AWS_ACCESS_KEY_ID", "AKIA").Set("AWS_SECRET_ACCESS_KEY", "secret");
        Assert.Equal(("bearer", null), (Only(folder).ApiKey?.Reveal(), Only(folder).Identity));

        using var signed = Entry("{ model: bedrock/m, aws_profile_name: work, aws_role_name: 'arn:aws:iam::1:role/r', aws_external_id: x }").Set("AWS_BEARER_TOKEN_BEDROCK", "bearer");
        Assert.Equal(new AwsIdentity("us-west-2") { Profile = "work", Role = "arn:aws:iam::1:role/r", ExternalId = "x" }, Only(signed).Identity);
        Assert.Null(Only(signed).ApiKey);
    }

    [Theory]
    [InlineData("{ model: bedrock/m, aws_access_key_id: A }", "and aws_secret_access_key belong together")]
    [InlineData("{ model: bedrock/m, aws_region_name: 'evil.example/' }", "must be a region of AWS")]
    [InlineData("{ model: bedrock/m, aws_web_identity_token: /t }", "needs the role that the token is for")]
    [InlineData("{ model: bedrock/m, aws_bedrock_runtime_endpoint: 'ftp://x' }", "must be an absolute http or https address")]
    public void What_is_wrong_with_an_AWS_identity_is_said(string parameters, string problem)
    {
        using var folder = Entry(parameters);

        Assert.Contains(problem, Assert.Single(folder.Loader().Load().Report.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_by_a_variable_that_is_not_set_leaves_a_deployment_that_says_so()
    {
        using var folder = Entry("{ model: bedrock/m, aws_access_key_id: A, aws_secret_access_key: os.environ/NONE }");

        Assert.Equal("The provider bedrock has no credentials: the environment variable NONE is not set.", Only(folder).Unavailable);
    }

    private static ConfigFolder Entry(string parameters) => new ConfigFolder().With("config.yaml", $"model_list: [{{ model_name: m, litellm_params: {parameters} }}]");

    private static Deployment Only(ConfigFolder folder) => folder.Snapshot().Groups["m"].Deployments[0];
}
