using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Model;

/// <summary>
/// One of the client APIs: what is asked of a model, and in whose words. A provider speaks some of them by itself; the others are translated on the way
/// (<c>Providers/ProviderCatalog</c>), so that every API in front reaches every provider that can do what it asks.
/// </summary>
/// <param name="Name">As spend, metrics and traces name it.</param>
/// <param name="Path">Where it stands below a provider's base address.</param>
/// <param name="Dialect">The shape of its errors, plain and inside a stream.</param>
/// <param name="Input">The member without which a body is no such request, and what it has to be.</param>
internal sealed record Operation(string Name, string Path, ClientDialect Dialect, RequiredMember Input)
{
    /// <summary>https://platform.openai.com/docs/api-reference/chat/create</summary>
    public static Operation Chat { get; } = new("chat", "chat/completions", ClientDialect.OpenAi, new("messages", MemberShape.Messages));

    /// <summary>https://platform.claude.com/docs/en/api/messages/create</summary>
    public static Operation Messages { get; } = new("messages", "messages", ClientDialect.Anthropic, new("messages", MemberShape.Messages));
}

/// <summary>Whose words a client speaks.</summary>
internal enum ClientDialect
{
    OpenAi,
    Anthropic,
    Gemini,
}
