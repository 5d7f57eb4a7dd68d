using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Config;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

/// <summary>Who may call what: https://docs.litellm.ai/docs/proxy/model_access.</summary>
public sealed class ModelListTests
{
    private static readonly GatewaySnapshot Snapshot = ConfigFolder.Bind(
        """
        model_list:
          - { model_name: fast, litellm_params: { model: openai/gpt-4o-mini, api_key: k }, model_info: { id: fast-1, access_groups: [cheap] } }
          - { model_name: smart, litellm_params: { model: openai/gpt-4o, api_key: k }, model_info: { access_groups: [beta, dear] } }
          - { model_name: "openai/*", litellm_params: { model: "openai/*", api_key: k }, model_info: { access_groups: [everything-of-openai] } }
        router_settings: { model_group_alias: { newest: smart, chosen: openai/gpt-5 } }
        """);

    [Theory]
    [InlineData("", "fast", null)]
    [InlineData("all-proxy-models", "smart", null)]
    [InlineData("*", "smart", null)]
    [InlineData("fast", "fast", null)]
    [InlineData("fast", "smart", "key")]
    [InlineData("smart", "newest", null)]
    [InlineData("newest", "newest", null)]
    [InlineData("newest", "smart", "key")]
    [InlineData("fast", "newest", "key")]
    [InlineData("openai/gpt-5", "chosen", null)]
    [InlineData("openai/gpt-4", "chosen", "key")]
    [InlineData("fast", "fast-1", null)]
    [InlineData("smart", "fast-1", "key")]
    [InlineData("cheap", "fast", null)]
    [InlineData("cheap", "fast-1", null)]
    [InlineData("cheap", "smart", "key")]
    [InlineData("beta,cheap", "newest", null)]
    [InlineData("openai/*", "openai/gpt-5", null)]
    [InlineData("openai/*", "smart", "key")]
    [InlineData("openai/gpt-4*", "openai/gpt-4.1", null)]
    [InlineData("openai/gpt-4*", "openai/gpt-5", "key")]
    [InlineData("openai/gpt-5", "openai/gpt-4", "key")]
    [InlineData("everything-of-openai", "openai/gpt-5", null)]
    [InlineData("no-default-models", "fast", "key")]
    [InlineData("FAST", "fast", "key")]
    public void A_key_may_call_what_is_on_its_list(string list, string model, string? denied) =>
        Assert.Equal(denied, Denied(Key(list), model));

    [Theory]
    [InlineData("", "fast", "fast", null)]
    [InlineData("", "fast", "smart", "team")]
    [InlineData("all-team-models", "fast", "fast", null)]
    [InlineData("all-team-models", "fast", "smart", "team")]
    [InlineData("fast", "smart", "fast", "team")]
    [InlineData("fast,smart", "cheap", "smart", "team")]
    public void The_team_must_be_allowed_too(string key, string team, string model, string? denied) =>
        Assert.Equal(denied, Denied(Key(key) with { TeamId = "t", TeamModels = List(team) }, model));

    [Theory]
    [InlineData(null, "smart", "user")]
    [InlineData(null, "fast", null)]
    [InlineData("t", "smart", null)]
    public void The_users_list_is_for_keys_without_a_team(string? team, string model, string? denied) =>
        Assert.Equal(denied, Denied(Key("") with { TeamId = team, UserModels = List("fast") }, model));

    [Theory]
    [InlineData("fast", "gpt", null)]
    [InlineData("gpt", "gpt", null)]
    [InlineData("smart", "gpt", "key")]
    public void An_alias_of_the_key_is_what_it_stands_for(string list, string model, string? denied)
    {
        var caller = Key(list) with { Aliases = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create("gpt", "fast")]) };
        Assert.Equal(denied, caller.DeniedBy(Snapshot, model, Snapshot.Resolve(caller.Aliases[model])!));
    }

    private static string? Denied(Caller caller, string model) => caller.DeniedBy(Snapshot, model, Snapshot.Resolve(model)!);

    private static Caller Key(string list) => new("k", Role.InternalUser) { Models = List(list) };

    private static ModelList List(string list) => ModelList.Of(list.Split(',', StringSplitOptions.RemoveEmptyEntries));
}
