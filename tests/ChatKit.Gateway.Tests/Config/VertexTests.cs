using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class VertexTests
{
    private const string Account = """{"type":"service_account","project_id":"from-file","client_email":"a@b","private_key":"k"}""";

    [Theory]
    [InlineData("vertex_project: p", "https://aiplatform.googleapis.com/v1/projects/p/locations/global")]
    [InlineData("vertex_project: p, vertex_location: global", "https://aiplatform.googleapis.com/v1/projects/p/locations/global")]
    [InlineData("vertex_project: p, vertex_location: europe-west1", "https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/europe-west1")]
    [InlineData("vertex_project: p, vertex_location: eu", "https://aiplatform.eu.rep.googleapis.com/v1/projects/p/locations/eu")]
    [InlineData("vertex_ai_project: p, vertex_ai_location: us", "https://aiplatform.us.rep.googleapis.com/v1/projects/p/locations/us")]
    [InlineData("vertex_project: p, api_version: v1beta1", "https://aiplatform.googleapis.com/v1beta1/projects/p/locations/global")]
    [InlineData("vertex_project: p, api_base: 'https://proxy.example'", "https://proxy.example/v1/projects/p/locations/global")]
    [InlineData("vertex_project: p, api_base: 'https://proxy.example/google/v1/'", "https://proxy.example/google/v1/projects/p/locations/global")]
    [InlineData("vertex_project: p, api_base: 'https://proxy.example/v1/projects/q/locations/us-east5'", "https://proxy.example/v1/projects/q/locations/us-east5")]
    public void Project_and_location_make_the_address(string parameters, string address)
    {
        using var folder = Entry(parameters);
        Assert.Equal(address, Only(folder).BaseAddress!.AbsoluteUri);
        Assert.Equal(((CloudIdentity?)new GoogleIdentity(null), null, null), (Only(folder).Identity, Only(folder).ApiKey, Only(folder).Unavailable));
    }

    [Fact]
    public void The_environment_may_say_all_of_it()
    {
        using var folder = Entry("rpm: 1").Set("VERTEXAI_PROJECT", "e").Set("VERTEXAI_LOCATION", "us-east5");
        folder.With("account.json", Account).Set("GOOGLE_APPLICATION_CREDENTIALS", Path.Combine(folder.Root, "account.json"));
        Assert.Equal("https://us-east5-aiplatform.googleapis.com/v1/projects/e/locations/us-east5", Only(folder).BaseAddress!.AbsoluteUri);
        Assert.Equal(new GoogleIdentity(new Secret(Account)), Only(folder).Identity);
    }

    [Fact]
    public void Credentials_are_a_path_or_json_and_may_name_the_project()
    {
        using var folder = Entry($"vertex_credentials: '{Account}'");
        Assert.Equal("https://aiplatform.googleapis.com/v1/projects/from-file/locations/global", Only(folder).BaseAddress!.AbsoluteUri);
        Assert.Equal(new GoogleIdentity(new Secret(Account)), Only(folder).Identity);

        using var mapping = Entry("vertex_credentials: { type: service_account, project_id: from-map }");
        Assert.Equal("https://aiplatform.googleapis.com/v1/projects/from-map/locations/global", Only(mapping).BaseAddress!.AbsoluteUri);
        Assert.Equal(new GoogleIdentity(new Secret("""{"type":"service_account","project_id":"from-map"}""")), Only(mapping).Identity);
    }

    [Fact]
    public void A_file_that_cannot_be_read_leaves_a_deployment_that_says_so()
    {
        using var folder = Entry("vertex_project: p, vertex_credentials: /nowhere/account.json");
        Assert.Equal("The provider vertex_ai has no credentials: the configured file cannot be read.", Only(folder).Unavailable);
        Assert.Equal(
            ["config.yaml:1 model_list[0].litellm_params.vertex_credentials: the file /nowhere/account.json cannot be read; calls to this deployment will say so"],
            folder.Warnings());
    }

    [Fact]
    public void A_key_alone_is_express_mode()
    {
        using var folder = Entry("api_key: AQ.express");
        Assert.Equal("https://aiplatform.googleapis.com/v1", Only(folder).BaseAddress!.AbsoluteUri);
        Assert.Equal(("AQ.express", KeyHeader.XGoogApiKey, null), (Only(folder).ApiKey!.Reveal(), Only(folder).KeyHeader, Only(folder).Identity));

        using var withProject = Entry("vertex_project: p, vertex_location: us-central1").Set("GOOGLE_VERTEX_API_KEY", "AQ.env");
        Assert.Equal("https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1", Only(withProject).BaseAddress!.AbsoluteUri);
        Assert.Equal("AQ.env", Only(withProject).ApiKey!.Reveal());
    }

    [Fact]
    public void Without_a_project_a_call_says_so()
    {
        using var folder = Entry("vertex_location: us-central1");
        Assert.Equal("The provider vertex_ai has no project: the environment variable VERTEXAI_PROJECT is not set.", Only(folder).Unavailable);
    }

    [Fact]
    public void A_location_is_a_name_and_nothing_else()
    {
        Assert.Equal(
            ["config.yaml:1 model_list[0].litellm_params.vertex_location: must be a location of Google Cloud, such as global, eu or us-central1, not 'evil.example/x'"],
            ConfigFolder.ProblemsOf("model_list: [{ model_name: m, litellm_params: { model: vertex_ai/gemini-2.5-pro, vertex_project: p, vertex_location: evil.example/x } }]"));
    }

    private static ConfigFolder Entry(string parameters) => new ConfigFolder().With(
        "config.yaml", $"model_list: [{{ model_name: m, litellm_params: {{ model: vertex_ai/gemini-2.5-pro, {parameters} }} }}]");

    private static Deployment Only(ConfigFolder folder) => Assert.Single(Assert.Single(folder.Snapshot().Groups.Values).Deployments);
}
