namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>Where Gemini is called: the two have one dialect, and small differences in it.</summary>
internal enum GeminiHost
{
    /// <summary>Google AI Studio's API, by key: https://ai.google.dev/api</summary>
    Studio,

    /// <summary>Vertex AI on Google Cloud: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference</summary>
    Vertex,
}
