using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Providers.OverChat;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Tests.Providers.OverChat;

/// <summary>Calls of another API, told in chat to a provider that follows OpenAI to the letter.</summary>
internal sealed class OverChatCalls(Operation operation, IChatTranslation translation, ChatExtensions extensions = ChatExtensions.None)
{
    private readonly OverChatProvider _provider = new(new OpenAiCompatibleProvider(RequestQuirks.None), translation, extensions);

    /// <summary>What the provider is sent, and what is lost; an error where nothing is.</summary>
    public (JsonElement Body, IReadOnlyList<string> Losses) Send(string body, ParameterPolicy? policy = null)
    {
        using var request = new UpstreamRequest();
        if (_provider.WriteRequest(Call(body, policy), request) is { } refused) throw new InvalidOperationException($"{refused.Param}: {refused.Message}");
        return (JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan), [.. request.Losses]);
    }

    /// <summary>Why nothing is sent; null where something is.</summary>
    public GatewayError? Refuse(string body)
    {
        using var request = new UpstreamRequest();
        return _provider.WriteRequest(Call(body), request);
    }

    /// <summary>What the client is answered.</summary>
    public string Answer(string asked, string completion)
    {
        var output = new ArrayBufferWriter<byte>();
        if (_provider.ReadAnswer(Call(asked), Encoding.UTF8.GetBytes(completion), output, out _) is { } failed) throw new InvalidOperationException(failed.Message);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The translation of one stream.</summary>
    public IAnswerStream Open(string asked) => _provider.OpenStream(Call(asked));

    public ModelCall Call(string body, ParameterPolicy? policy = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        if (CallEnvelopeReader.Read(bytes, operation.Input, out var envelope) is { } problem) throw new InvalidOperationException(problem.Message);
        return new ModelCall(envelope, bytes, Calls.Deployment with { Provider = "openai", Parameters = policy ?? ParameterPolicy.Default }, "gpt-5", "smart");
    }
}
