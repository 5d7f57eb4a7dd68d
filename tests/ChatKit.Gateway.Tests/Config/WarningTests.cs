using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class WarningTests
{
    [Fact]
    public void What_has_no_effect_is_said_with_its_path_and_never_fails() => Assert.Equal(
        [
            "config.yaml:1 mcp_servers: is known to LiteLLM and not implemented yet; it has no effect",
            "config.yaml:2 model_lsit: is not a key that the gateway knows; it has no effect; did you mean model_list?",
            "config.yaml:4 litellm_settings.json_logs: is known to LiteLLM and not implemented yet; it has no effect",
            "config.yaml:5 router_settings.debug_level: is known to LiteLLM and not implemented yet; it has no effect",
            "config.yaml:6 general_settings.max_request_size: is not a key that the gateway knows; it has no effect",
            "config.yaml:7 general_settings.mastre_key: is not a key that the gateway knows; it has no effect; did you mean master_key?",
        ],
        ConfigFolder.WarningsOf(
            """
            mcp_servers: []
            model_lsit: []
            model_list: []
            litellm_settings: { json_logs: true }
            router_settings: { debug_level: DEBUG }
            general_settings: { max_request_size: 5,
              mastre_key: x }
            """));

    [Fact]
    public void A_deployment_tells_apart_what_waits_what_is_sent_and_what_was_probably_meant() => Assert.Equal(
        [
            "config.yaml:4 model_list[0].litellm_params.api_bse: is sent to the provider as a request parameter; did you mean api_base?",
            "config.yaml:5 model_list[0].litellm_params.prompt_id: is known to LiteLLM and not implemented yet; it has no effect",
            "config.yaml:6 model_list[0].litellm_params.input_cost_per_video_per_second: is known to LiteLLM and not implemented yet; it has no effect",
            "config.yaml:7 model_list[0].litellm_params.api_version: has no effect on this deployment",
            "config.yaml:9 model_list[0].modelinfo: is not a key that the gateway knows; it has no effect; did you mean model_info?",
        ],
        ConfigFolder.WarningsOf(
            """
            model_list:
              - model_name: m
                litellm_params: { model: ollama/m,
                  api_bse: x,
                  prompt_id: x,
                  input_cost_per_video_per_second: 0.1,
                  api_version: "1",
                  temperature: 1 }
                modelinfo: {}
            """));

    [Fact]
    public void A_default_that_the_provider_refuses_is_told_once_and_others_take_its_names()
    {
        using var folder = new ConfigFolder().With(
            "config.yaml",
            "model_list: [{ model_name: m, litellm_params: { model: mistral/m, api_key: k, user: me, seed: 7, max_completion_tokens: 5 } }]");
        Assert.Equal(["config.yaml:1 model_list[0].litellm_params.user: is not sent: the provider refuses it"], folder.Warnings());
        Assert.Equal(["random_seed", "max_tokens"], folder.Snapshot().Groups["m"].Deployments[0].DefaultParameters.Select(pair => pair.Key));
    }

    [Fact]
    public void What_is_switched_off_is_not_missed() => Assert.Empty(ConfigFolder.WarningsOf(
        """
        model_list: [{ model_name: m, litellm_params: { model: ollama/m, drop_params: false } }]
        litellm_settings: { set_verbose: False, cache: false, callbacks: }
        router_settings: { routing_strategy: simple-shuffle, enable_pre_call_checks: false }
        """));

    [Fact]
    public void No_model_list_is_said() => Assert.Equal(
        ["config.yaml:1: there is no model_list, so no model can be called"],
        ConfigFolder.WarningsOf("general_settings: {}"));
}
