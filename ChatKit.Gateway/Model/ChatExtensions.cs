namespace ChatKit.Gateway.Model;

/// <summary>
/// What a provider's chat understands beyond OpenAI's words (https://docs.litellm.ai/docs/completion/input): decides which of them a translation from another
/// API may use. A request that is chat already goes on as the client wrote it.
/// </summary>
[Flags]
internal enum ChatExtensions
{
    None = 0,

    /// <summary><c>reasoning_content</c> on the assistant's own messages, as DeepSeek asks for it between calls of tools.</summary>
    Reasoning = 1,

    /// <summary>The same with its proof, in <c>thinking_blocks</c>.</summary>
    ThinkingBlocks = 2,

    /// <summary><c>cache_control</c> on parts and tools.</summary>
    CacheControl = 4,

    /// <summary><c>top_k</c>.</summary>
    TopK = 8,

    /// <summary>Images and files in the answer of a tool.</summary>
    ToolMedia = 16,

    /// <summary>All of them: providers with a wire of their own, into which chat is translated in turn.</summary>
    All = Reasoning | ThinkingBlocks | CacheControl | TopK | ToolMedia,
}
