using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class YamlTests
{
    [Theory]
    [InlineData("", "config.yaml: is empty; a configuration has at least a model_list")]
    [InlineData("# only a comment\n", "config.yaml: is empty; a configuration has at least a model_list")]
    [InlineData("- a\n", "config.yaml:1: must be a mapping with keys such as model_list, not a list")]
    [InlineData("model_list: []\n---\nx: 1\n", "config.yaml:2: holds a second document (---); only one is read")]
    [InlineData("model_list: [*nothing]\n", "config.yaml:1: is not valid YAML: no anchor named nothing before this alias")]
    [InlineData("a: {<<: 5}\n", "config.yaml:1 a.<<: must be a mapping or a list of mappings to merge")]
    public void What_cannot_be_read_says_where(string yaml, string expected) => Assert.Contains(expected, ConfigFolder.ProblemsOf(yaml));

    [Theory]
    [InlineData("model_list:\n  - a: 1\n b: 2\n", "config.yaml:3: is not valid YAML:")]
    [InlineData("a: 'open\n", "config.yaml:")]
    [InlineData("a: b: c\n", "config.yaml:1: is not valid YAML:")]
    public void Broken_YAML_names_the_line(string yaml, string start) =>
        Assert.StartsWith(start, Assert.Single(ConfigFolder.ProblemsOf(yaml)));

    [Fact]
    public void Endless_nesting_is_refused_and_does_not_end_the_process() =>
        Assert.Contains("nested deeper than 64 levels", Assert.Single(ConfigFolder.ProblemsOf(new string('[', 5000))));

    [Fact]
    public void A_key_given_twice_warns_and_the_last_one_counts()
    {
        using var folder = new ConfigFolder().With("config.yaml", "router_settings:\n  num_retries: 1\n  num_retries: 4\nmodel_list: []\n");
        Assert.Equal(4, folder.Snapshot().Settings.Retries);
        Assert.Equal(["config.yaml:3 router_settings.num_retries: is given twice; this one counts"], folder.Warnings());
    }

    [Fact]
    public void Anchors_and_merge_keys_work_and_own_keys_win()
    {
        var deployments = ConfigFolder.Bind(
            """
            defaults: &defaults { api_key: shared, rpm: 5, timeout: 30 }
            model_list:
              - model_name: a
                litellm_params: { model: openai/a, rpm: 9, <<: *defaults }
              - model_name: b
                litellm_params: { <<: [*defaults], model: openai/b }
            """).Deployments.OrderBy(deployment => deployment.GroupName).ToList();

        Assert.Equal([9, 5], deployments.Select(deployment => deployment.Rpm!.Value));
        Assert.All(deployments, deployment => Assert.Equal("shared", deployment.ApiKey!.Reveal()));
        Assert.All(deployments, deployment => Assert.Equal(TimeSpan.FromSeconds(30), deployment.Timeouts.Total));
    }

    [Fact]
    public void A_missing_file_is_one_clear_sentence()
    {
        using var folder = new ConfigFolder().Set("CONFIG_FILE_PATH", "/nowhere/config.yaml");
        Assert.Equal(["/nowhere/config.yaml: there is no file /nowhere/config.yaml"], folder.Problems());
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_one_clear_sentence()
    {
        using var folder = new ConfigFolder();
        folder.Set("CONFIG_FILE_PATH", folder.Root);
        Assert.EndsWith("is a directory, not a file", Assert.Single(folder.Problems()));
    }
}
