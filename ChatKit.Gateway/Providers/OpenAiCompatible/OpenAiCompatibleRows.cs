using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// The providers that speak OpenAI's chat completions, a row each: name, base address, key variables, what differs. Names and variables are those
/// of https://docs.litellm.ai/docs/providers; addresses were compared with the vendors' API references and https://models.dev in July 2026.
/// </summary>
internal static class OpenAiCompatibleRows
{
    public static IReadOnlyList<ProviderRow> All { get; } =
    [
        .. from row in (IEnumerable<ProviderRow>)[.. Vendors(), .. Aggregators(), .. Hosts(), .. OwnServers()]
           select row with { Serves = ServedOperations.Of(row.Name), Embeddings = ServedOperations.EmbeddingsOf(row.Name) },
    ];

    /// <summary>Those who make the models that they serve.</summary>
    private static IEnumerable<ProviderRow> Vendors() =>
    [
        new("openai", "https://api.openai.com/v1", "OPENAI_API_KEY")
        {
            OtherBaseVariables = ["OPENAI_BASE_URL"],
            VariableHeaders = [new("OpenAI-Organization", "OPENAI_ORGANIZATION", "organization")],
            Quirks = RequestQuirks.None,
        },
        new("azure", null, "AZURE_API_KEY") { KeyHeader = KeyHeader.ApiKey, Route = new AzureRoute(), Quirks = RequestQuirks.None },
        new("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY") { BaseSuffix = "/v1", Quirks = VendorQuirks.Mistral },
        new("codestral", "https://codestral.mistral.ai/v1", "CODESTRAL_API_KEY") { BaseSuffix = "/v1", Quirks = VendorQuirks.Mistral },
        new("deepseek", "https://api.deepseek.com", "DEEPSEEK_API_KEY") { Quirks = VendorQuirks.Reasoning },
        new("xai", "https://api.x.ai/v1", "XAI_API_KEY") { Quirks = VendorQuirks.Xai },
        new("perplexity", "https://api.perplexity.ai", "PERPLEXITYAI_API_KEY", "PERPLEXITY_API_KEY"),
        new("meta_llama", "https://api.llama.com/compat/v1", "LLAMA_API_KEY") { OtherBaseVariables = ["LLAMA_API_BASE"] },
        new("ai21_chat", "https://api.ai21.com/studio/v1", "AI21_API_KEY") { OtherBaseVariables = ["AI21_API_BASE"] },
        new("ai21", "https://api.ai21.com/studio/v1", "AI21_API_KEY"),
        new("moonshot", "https://api.moonshot.ai/v1", "MOONSHOT_API_KEY") { Quirks = VendorQuirks.Moonshot },
        new("zai", "https://api.z.ai/api/paas/v4", "ZAI_API_KEY", "ZHIPU_API_KEY") { Quirks = VendorQuirks.Reasoning },
        new("dashscope", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "DASHSCOPE_API_KEY"),
        new("volcengine", "https://ark.cn-beijing.volces.com/api/v3", "VOLCENGINE_API_KEY", "ARK_API_KEY"),
        new("minimax", "https://api.minimax.io/v1", "MINIMAX_API_KEY"),
        new("xiaomi_mimo", "https://api.xiaomimimo.com/v1", "XIAOMI_MIMO_API_KEY"),
        new("sarvam", "https://api.sarvam.ai/v1", "SARVAM_API_KEY"),
        new("inception", "https://api.inceptionlabs.ai/v1", "INCEPTION_API_KEY"),
        new("amazon_nova", "https://api.nova.amazon.com/v1", "AMAZON_NOVA_API_KEY", "NOVA_API_KEY"),
        new("morph", "https://api.morphllm.com/v1", "MORPH_API_KEY"),
        new("v0", "https://api.v0.dev/v1", "V0_API_KEY"),
    ];

    /// <summary>Those who pass calls on to others.</summary>
    private static IEnumerable<ProviderRow> Aggregators() =>
    [
        new("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY")
        {
            VariableHeaders = [new("HTTP-Referer", "OR_SITE_URL"), new("X-Title", "OR_APP_NAME")],
            Quirks = VendorQuirks.OpenRouter,
        },
        new("github", "https://models.inference.ai.azure.com", "GITHUB_API_KEY"),
        new("huggingface", "https://router.huggingface.co/v1", "HUGGINGFACE_API_KEY", "HF_TOKEN"),
        new("vercel_ai_gateway", "https://ai-gateway.vercel.sh/v1", "VERCEL_AI_GATEWAY_API_KEY", "AI_GATEWAY_API_KEY", "VERCEL_OIDC_TOKEN"),
        new("helicone", "https://ai-gateway.helicone.ai/v1", "HELICONE_API_KEY"),
        new("aihubmix", "https://aihubmix.com/v1", "AIHUBMIX_API_KEY"),
        new("aiml", "https://api.aimlapi.com/v2", "AIML_API_KEY"),
        new("cometapi", "https://api.cometapi.com/v1", "COMETAPI_API_KEY", "COMETAPI_KEY"),
        new("nano-gpt", "https://nano-gpt.com/api/v1", "NANOGPT_API_KEY", "NANO_GPT_API_KEY"),
        new("poe", "https://api.poe.com/v1", "POE_API_KEY"),
        new("litellm_proxy", null, "LITELLM_PROXY_API_KEY") { KeyOptional = true, Quirks = VendorQuirks.LiteLlm },
    ];

    /// <summary>Those who run open models for others.</summary>
    private static IEnumerable<ProviderRow> Hosts() =>
    [
        new("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY") { Quirks = VendorQuirks.Groq },
        new("together_ai", "https://api.together.xyz/v1", "TOGETHERAI_API_KEY", "TOGETHER_API_KEY", "TOGETHER_AI_API_KEY"),
        new("fireworks_ai", "https://api.fireworks.ai/inference/v1", "FIREWORKS_AI_API_KEY", "FIREWORKS_API_KEY")
        {
            OtherBaseVariables = ["FIREWORKS_API_BASE"],
        },
        new("deepinfra", "https://api.deepinfra.com/v1/openai", "DEEPINFRA_API_KEY"),
        new("nvidia_nim", "https://integrate.api.nvidia.com/v1", "NVIDIA_NIM_API_KEY", "NVIDIA_API_KEY"),
        new("cerebras", "https://api.cerebras.ai/v1", "CEREBRAS_API_KEY"),
        new("sambanova", "https://api.sambanova.ai/v1", "SAMBANOVA_API_KEY"),
        new("azure_ai", null, "AZURE_AI_API_KEY") { Route = new AzureAiRoute() },
        new("databricks", null, "DATABRICKS_API_KEY", "DATABRICKS_TOKEN"),
        new("scaleway", "https://api.scaleway.ai/v1", "SCW_SECRET_KEY", "SCALEWAY_API_KEY"),
        new("ovhcloud", "https://oai.endpoints.kepler.ai.cloud.ovh.net/v1", "OVHCLOUD_API_KEY"),
        new("friendliai", "https://api.friendli.ai/serverless/v1", "FRIENDLIAI_API_KEY", "FRIENDLI_TOKEN") { OtherBaseVariables = ["FRIENDLI_API_BASE"] },
        new("nebius", "https://api.tokenfactory.nebius.com/v1", "NEBIUS_API_KEY"),
        new("novita", "https://api.novita.ai/openai", "NOVITA_API_KEY"),
        new("featherless_ai", "https://api.featherless.ai/v1", "FEATHERLESS_AI_API_KEY", "FEATHERLESS_API_KEY"),
        new("hyperbolic", "https://api.hyperbolic.xyz/v1", "HYPERBOLIC_API_KEY"),
        new("nscale", "https://inference.api.nscale.com/v1", "NSCALE_API_KEY"),
        new("baseten", "https://inference.baseten.co/v1", "BASETEN_API_KEY"),
        new("wandb", "https://api.inference.wandb.ai/v1", "WANDB_API_KEY"),
        new("chutes", "https://llm.chutes.ai/v1", "CHUTES_API_KEY"),
        new("gmi", "https://api.gmi-serving.com/v1", "GMI_API_KEY"),
        new("synthetic", "https://api.synthetic.new/openai/v1", "SYNTHETIC_API_KEY"),
        new("veniceai", "https://api.venice.ai/api/v1", "VENICE_AI_API_KEY", "VENICE_API_KEY"),
        new("publicai", "https://api.publicai.co/v1", "PUBLICAI_API_KEY"),
        new("clarifai", "https://api.clarifai.com/v2/ext/openai/v1", "CLARIFAI_API_KEY", "CLARIFAI_PAT"),
        new("heroku", null, "HEROKU_API_KEY") { BaseSuffix = "/v1" },
    ];

    /// <summary>Servers that people run themselves: the key is optional, the address mostly theirs.</summary>
    private static IEnumerable<ProviderRow> OwnServers() =>
    [
        new("ollama", "http://localhost:11434/v1", "OLLAMA_API_KEY") { Dialect = ProviderDialect.Ollama, KeyOptional = true, BaseSuffix = "/v1" },
        new("ollama_chat", "http://localhost:11434/v1", "OLLAMA_API_KEY")
        {
            Dialect = ProviderDialect.Ollama, KeyOptional = true, BaseSuffix = "/v1", OtherBaseVariables = ["OLLAMA_API_BASE"],
        },
        new("hosted_vllm", null, "HOSTED_VLLM_API_KEY") { KeyOptional = true, Quirks = VendorQuirks.Vllm },
        new("lm_studio", "http://127.0.0.1:1234/v1", "LM_STUDIO_API_KEY") { KeyOptional = true },
        new("llamafile", "http://127.0.0.1:8080/v1", "LLAMAFILE_API_KEY") { KeyOptional = true },
        new("docker_model_runner", "http://localhost:12434/engines/v1", "DOCKER_MODEL_RUNNER_API_KEY") { KeyOptional = true },
        new("lemonade", "http://localhost:8000/api/v1", "LEMONADE_API_KEY") { KeyOptional = true },
        new("xinference", "http://127.0.0.1:9997/v1", "XINFERENCE_API_KEY") { KeyOptional = true },
        new("custom_openai", null, "CUSTOM_OPENAI_API_KEY") { KeyOptional = true },
        new("openai_like", null, "OPENAI_LIKE_API_KEY") { KeyOptional = true },
    ];
}
