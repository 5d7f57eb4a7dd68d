using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("from-master", "from-api", "from-file", "from-master")]
    [InlineData(null, "from-api", "from-file", "from-api")]
    [InlineData(null, null, "from-file", "from-file")]
    [InlineData(null, "from-api", null, "from-api")]
    [InlineData(null, null, null, null)]
    public void The_master_key_comes_from_the_environment_before_the_file(string? master, string? api, string? file, string? expected)
    {
        using var folder = new ConfigFolder().Set("LITELLM_MASTER_KEY", master).Set("LITELLM_API_KEY", api)
            .With("config.yaml", file is null ? "model_list: []" : $"model_list: []\ngeneral_settings: {{ master_key: {file} }}");
        Assert.Equal(expected, folder.Snapshot().Settings.MasterKey?.Reveal());
    }

    [Fact]
    public void A_master_key_by_reference_gives_way_to_the_environment_without_a_problem()
    {
        using var folder = new ConfigFolder().Set("LITELLM_API_KEY", "sk-1").With("config.yaml", "model_list: []\ngeneral_settings: { master_key: os.environ/NOPE }");
        Assert.Equal("sk-1", folder.Snapshot().Settings.MasterKey!.Reveal());
    }

    [Fact]
    public void A_master_key_under_litellm_settings_counts_with_a_warning()
    {
        using var folder = new ConfigFolder().With("config.yaml", "model_list: []\nlitellm_settings: { master_key: sk-1 }");
        Assert.Equal("sk-1", folder.Snapshot().Settings.MasterKey!.Reveal());
        Assert.Equal(["config.yaml:2 litellm_settings.master_key: belongs under general_settings; it is read here too"], folder.Warnings());
    }

    [Fact]
    public void Limits_retries_and_the_key_header_are_read_from_where_LiteLLM_has_them()
    {
        var settings = ConfigFolder.Bind(
            """
            model_list: []
            litellm_settings: { num_retries: 9 }
            router_settings: { num_retries: 3 }
            general_settings: { max_request_size_mb: 0.5, max_response_size_mb: 8, litellm_key_header_name: X-Team-Key }
            """).Settings;
        Assert.Equal((3, 512 * 1024L, 8L << 20, "X-Team-Key"), (settings.Retries, settings.MaxRequestBytes, settings.MaxResponseBytes, settings.KeyHeaderName));
        Assert.Equal(9, ConfigFolder.Bind("model_list: []\nlitellm_settings: { num_retries: 9 }").Settings.Retries);
        Assert.Equal(2, ConfigFolder.Bind("model_list: []").Settings.Retries);
    }

    [Theory]
    [InlineData("timeout: 5", "timeout: 50", "request_timeout: 500", 5, 5, 60)]
    [InlineData("", "timeout: 50", "request_timeout: 500", 50, 50, 60)]
    [InlineData("", "", "request_timeout: 500", 500, 500, 60)]
    [InlineData("", "", "", 600, 600, 60)]
    [InlineData("stream_timeout: 7", "timeout: 50, stream_idle_timeout: 3", "", 50, 7, 3)]
    [InlineData("timeout: 20, ttft_timeout: 4, stream_timeout: 9", "", "stream_idle_timeout: 8", 20, 4, 8)]
    [InlineData("", "stream_timeout: 11", "request_timeout: 500", 500, 11, 60)]
    public void A_nearer_time_limit_beats_a_farther_one(string deployment, string router, string liteLlm, int total, int firstToken, int idle)
    {
        var timeouts = ConfigFolder.Bind(
            $$"""
            model_list: [{ model_name: m, litellm_params: { model: ollama/m, {{deployment}} } }]
            router_settings: { {{router}} }
            litellm_settings: { {{liteLlm}} }
            """).Groups["m"].Deployments[0].Timeouts;
        Assert.Equal(CallTimeouts.Default with { Total = Seconds(total), FirstToken = Seconds(firstToken), Idle = Seconds(idle) }, timeouts);
    }

    [Fact]
    public void Aliases_point_at_groups_exact_or_by_wildcard_and_may_be_hidden()
    {
        var snapshot = ConfigFolder.Bind(
            """
            model_list:
              - { model_name: big, litellm_params: { model: ollama/big } }
              - { model_name: "ollama/*", litellm_params: { model: "ollama/*" } }
            router_settings:
              model_group_alias: { gpt-4: big, gpt-3: { model: ollama/small, hidden: true } }
            """);
        Assert.Equal("big", snapshot.Resolve("gpt-4")!.Group.Name);
        var small = snapshot.Resolve("gpt-3")!;
        Assert.Equal("small", small.UpstreamModel(small.Group.Deployments[0]));
        Assert.Equal(["big", "ollama/*", "gpt-4"], snapshot.ListedModels.Select(model => model.Id));
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
