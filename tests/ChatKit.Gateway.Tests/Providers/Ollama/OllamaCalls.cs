using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Tests.Providers.Ollama;

/// <summary>Calls with the members of their body read, as the choice between Ollama's two chats needs them.</summary>
internal static class OllamaCalls
{
    public static ModelCall Of(string body) => Of(Operation.Chat, body);

    public static ModelCall Of(Operation operation, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        CallEnvelopeReader.Read(bytes, operation.Input, out var envelope);
        return Calls.Call("{}") with { Envelope = envelope, Body = bytes, Deployment = Calls.Deployment with { BaseAddress = new Uri("http://localhost:11434/v1"), ApiKey = null } };
    }

    /// <summary>A call that only Ollama's own chat can serve.</summary>
    public static ModelCall Native(bool stream) => Of(
        """{"messages":[{"role":"user","content":"hi"}],"num_ctx":8192,"stream":STREAM,"stream_options":{"include_usage":true}}""".Replace("STREAM", stream ? "true" : "false", StringComparison.Ordinal));
}
