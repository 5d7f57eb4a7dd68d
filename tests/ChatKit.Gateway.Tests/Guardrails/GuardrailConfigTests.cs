using ChatKit.Gateway.Model.Guardrails;
using ChatKit.Gateway.Tests.Config;
using Xunit;

namespace ChatKit.Gateway.Tests.Guardrails;

/// <summary>What the top-level <c>guardrails</c> mean, and that nothing in them is passed over.</summary>
public sealed class GuardrailConfigTests
{
    [Fact]
    public void Every_kind_arrives()
    {
        using var folder = new ConfigFolder().Set("OPENAI_API_KEY", "sk-x").With("config.yaml", """
            model_list: []
            guardrails:
              - guardrail_name: words
                litellm_params:
                  guardrail: litellm_content_filter
                  mode: [pre_call, post_call]
                  default_on: true
                  patterns:
                    - {pattern_type: prebuilt, pattern_name: us_ssn, action: BLOCK}
                    - {pattern_type: prebuilt, pattern_name: email, action: MASK}
                    - {pattern_type: regex, name: code, pattern: '\b[A-Z]{3}-\d{4}\b', action: MASK, max_match_length: 8}
                  blocked_words:
                    - {keyword: forbidden, action: BLOCK, description: x}
              - guardrail_name: pii
                litellm_params: {guardrail: presidio, mode: pre_call, pii_entities_config: {CREDIT_CARD: BLOCK, EMAIL_ADDRESS: MASK}}
                guardrail_info: {params: []}
              - guardrail_name: secrets
                litellm_params: {guardrail: hide-secrets, mode: pre_call}
              - guardrail_name: moderation
                litellm_params: {guardrail: openai_moderation, mode: during_call}
              - guardrail_name: own
                litellm_params: {guardrail: generic_guardrail_api, mode: post_call, api_base: 'http://guard.internal/', timeout: 3, unreachable_fallback: fail_open, headers: {x-a: b}, additional_provider_specific_params: {threshold: 0.5}}
            """);

        var all = folder.Snapshot().Settings.Guardrails;

        Assert.Equal(["words", "pii", "secrets", "moderation", "own"], all.Select(one => one.Name));
        Assert.Equal((GuardrailModes.PreCall | GuardrailModes.PostCall, true), (all[0].Modes, all[0].DefaultOn));
        Assert.Equal(["us_ssn True [US_SSN_REDACTED]", "email False [EMAIL_REDACTED]", "code False [CODE_REDACTED]", "keyword True [KEYWORD_REDACTED]"], all[0].Rules.Select(rule => $"{rule.Label} {rule.Blocks} {rule.Tag}"));
        Assert.Equal(["EMAIL_ADDRESS False", "CREDIT_CARD True"], all[1].Rules.Select(rule => $"{rule.Label} {rule.Blocks}"));
        Assert.True(all[1].Unmasks);
        Assert.Equal("[REDACTED]", Assert.Single(all[2].Rules).Tag);
        Assert.Equal("https://api.openai.com/v1/moderations", all[3].Judge!.Address.AbsoluteUri);
        Assert.Equal(("http://guard.internal/beta/litellm_basic_guardrail_api", true, TimeSpan.FromSeconds(3)), (all[4].Judge!.Address.AbsoluteUri, all[4].Judge!.FailsOpen, all[4].Judge!.Patience));
    }

    [Theory]
    [InlineData("{guardrail: bedrock, mode: pre_call}", "'bedrock' is no guardrail that the gateway has; it must be litellm_content_filter, pii, presidio")]
    [InlineData("{guardrail: pii}", "must say when it runs")]
    [InlineData("{guardrail: pii, mode: before}", "'before' is none of pre_call")]
    [InlineData("{guardrail: pii, mode: {tags: {a: pre_call}}}", "modes by tag are not understood")]
    [InlineData("{guardrail: pii, mode: during_call}", "during_call cannot mask")]
    [InlineData("{guardrail: pii, mode: pre_call, defualt_on: true}", "is not understood, and a guardrail does not pass over what it was told")]
    [InlineData("{guardrail: presidio, mode: pre_call}", "must name what is looked for")]
    [InlineData("{guardrail: presidio, mode: pre_call, pii_entities_config: {PERSON: MASK}}", "is not found by this gateway; SECRET, EMAIL_ADDRESS")]
    [InlineData("{guardrail: pii, mode: pre_call, pii_entities_config: {EMAIL_ADDRESS: HIDE}}", "must be MASK or BLOCK, not 'HIDE'")]
    [InlineData("{guardrail: litellm_content_filter, mode: pre_call}", "looks for nothing")]
    [InlineData("{guardrail: litellm_content_filter, mode: pre_call, patterns: [{pattern_type: regex, name: x, pattern: '(', action: BLOCK}]}", "is no regular expression")]
    [InlineData("{guardrail: litellm_content_filter, mode: pre_call, patterns: [{pattern_type: regex, name: x, pattern: '(?<!a)b', action: BLOCK}]}", "cannot be done in linear time")]
    [InlineData("{guardrail: litellm_content_filter, mode: pre_call, patterns: [{pattern_type: prebuilt, pattern_name: passport_us, action: BLOCK}]}", "'passport_us' is none of")]
    [InlineData("{guardrail: litellm_content_filter, mode: pre_call, blocked_words: [{keyword: x, action: WARN}]}", "must be BLOCK or MASK, not 'WARN'")]
    [InlineData("{guardrail: litellm_content_filter, mode: pre_call, blocked_words: [{keyword: x, action: BLOCK}], categories: [x]}", "is not understood")]
    [InlineData("{guardrail: openai_moderation, mode: pre_call}", "must be a key of OpenAI's")]
    [InlineData("{guardrail: generic_guardrail_api, mode: pre_call}", "must be the http or https address")]
    [InlineData("{guardrail: generic_guardrail_api, mode: pre_call, api_base: 'http://x', unreachable_fallback: maybe}", "must be fail_closed or fail_open")]
    public void What_is_not_understood_stops_the_start(string parameters, string problem)
    {
        using var folder = new ConfigFolder().With("config.yaml", $"model_list: []\nguardrails:\n- guardrail_name: g\n  litellm_params: {parameters}\n");

        Assert.Contains(folder.Problems(), line => line.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_stands_once()
    {
        using var folder = new ConfigFolder().With("config.yaml", "model_list: []\nguardrails:\n- guardrail_name: g\n  litellm_params: {guardrail: pii, mode: pre_call}\n- guardrail_name: g\n  litellm_params: {guardrail: pii, mode: pre_call}\n");

        Assert.Contains("is the second guardrail with the name 'g'", Assert.Single(folder.Problems()), StringComparison.Ordinal);
    }
}
