using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class IncludeTests
{
    private const string Main =
        """
        include: [models.yaml, more/others.yaml]
        model_list: [{ model_name: own, litellm_params: { model: ollama/own } }]
        general_settings: { max_request_size_mb: 1 }
        """;

    [Fact]
    public void Lists_are_appended_mappings_merged_and_inner_paths_are_relative_to_their_file()
    {
        using var folder = new ConfigFolder();
        Directory.CreateDirectory(Path.Combine(folder.Root, "more"));
        var snapshot = folder
            .With("config.yaml", Main)
            .With("models.yaml", "model_list: [{ model_name: included, litellm_params: { model: ollama/a } }]\ngeneral_settings: { max_response_size_mb: 2 }")
            .With("more/others.yaml", "include: deeper.yaml")
            .With("more/deeper.yaml", "model_list: [{ model_name: deep, litellm_params: { model: ollama/b } }]")
            .Snapshot();

        Assert.Equal(["own", "included", "deep"], snapshot.ListedModels.Select(model => model.Id));
        Assert.Equal((1L << 20, 2L << 20), (snapshot.Settings.MaxRequestBytes, snapshot.Settings.MaxResponseBytes));
    }

    [Fact]
    public void Problems_name_the_included_file_and_the_line_in_it()
    {
        using var folder = new ConfigFolder()
            .With("config.yaml", "include: [models.yaml]\nmodel_list: []")
            .With("models.yaml", "\nmodel_list:\n  - { model_name: m, litellm_params: { model: ollama/m, rpm: x } }");
        Assert.Equal(["models.yaml:3 model_list[0].litellm_params.rpm: must be a whole number of at least 0, not 'x'"], folder.Problems());
    }

    [Fact]
    public void The_included_value_replaces_the_own_one_and_that_is_said()
    {
        using var folder = new ConfigFolder()
            .With("config.yaml", "include: [b.yaml]\nrouter_settings: { num_retries: 1 }\nmodel_list: []")
            .With("b.yaml", "router_settings: { num_retries: 7 }");
        Assert.Equal(7, folder.Snapshot().Settings.Retries);
        Assert.Equal(["b.yaml:1 router_settings.num_retries: replaces the value in config.yaml:2"], folder.Warnings());
    }

    [Theory]
    [InlineData("include: [gone.yaml]", "config.yaml:1 include[0]: there is no file gone.yaml")]
    [InlineData("include: [config.yaml]", "config.yaml:1 include[0]: config.yaml is included already")]
    [InlineData("include: [{}]", "config.yaml:1 include[0]: must be the path of a YAML file, not a mapping")]
    [InlineData("include: { a: b }", "config.yaml:1 include: must be the path of a YAML file, not a mapping")]
    public void What_cannot_be_included(string yaml, string expected) => Assert.Equal([expected], ConfigFolder.ProblemsOf(yaml));
}
