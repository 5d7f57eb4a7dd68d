using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;

namespace ChatKit.Gateway.Config;

/// <summary>The model that answers where nothing is configured, so that the first message of a newcomer gets an answer and a next step.</summary>
internal static class DemoModel
{
    public const string Name = "demo";

    public static Deployment Deployment { get; } = new()
    {
        Id = Name,
        GroupName = Name,
        Provider = "chatkit",
        UpstreamModel = Name,
        BaseAddress = null,
        ApiKey = null,
        Timeouts = CallTimeouts.Default,
        MockResponse = Text,
        GivenFacts = new ModelFacts { Prices = new ModelPrices { Input = 0, Output = 0 } },
    };

    private const string Text =
        """
        Hello! Your message went from the page through the backend to the gateway, and this answer streams back the same way, word by word. So everything works.

        I am `demo`: no language model, only a fixed text that the gateway gives while nothing else is set up. To talk to a real model, put a key into the file `.env` next to where you started me, then start again:

        ```bash
        OPENAI_API_KEY=sk-...
        ANTHROPIC_API_KEY=sk-ant-...
        MISTRAL_API_KEY=...
        ```

        Any one of them is enough. Its models then appear in the list of models:

        - `openai/gpt-5.4-mini`
        - `anthropic/claude-sonnet-5`
        - `mistral/mistral-small-latest`

        A model on your own machine works too: start [Ollama](https://ollama.com), set `OLLAMA_API_BASE=http://localhost:11434`, and ask for `ollama/` followed by its name.
        """;
}
