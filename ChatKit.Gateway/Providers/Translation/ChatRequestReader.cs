using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Translation;

/// <summary>Reads the client's JSON into typed members, for the dialects that need to translate it.</summary>
internal static class ChatRequestReader
{
    /// <summary>The request with the deployment's default parameters where the client set none. An error names the member that is not of its type.</summary>
    public static GatewayError? Read(ModelCall call, out ChatRequest chat)
    {
        chat = new ChatRequest();
        try
        {
            chat = JsonUnicode.Read(WithDefaults(call).Span, OpenAiJson.Default.ChatRequest) ?? chat;
            return null;
        }
        catch (JsonException notThat)
        {
            var path = notThat.Path?.TrimStart('$').TrimStart('.') ?? "";
            return path.Length == 0
                ? ChatRefusals.Invalid("request_body", "The request body is not a chat completion request.")
                : ChatRefusals.Invalid(path, $"Invalid type for '{path}'.");
        }
    }

    /// <summary>A default comes before the client's members, so that of two members with one name the client's, the later one, holds.</summary>
    public static ReadOnlyMemory<byte> WithDefaults(ModelCall call)
    {
        if (call.Deployment.DefaultParameters.Count == 0) return call.Body;
        var merged = new ArrayBufferWriter<byte>(call.Body.Length + 256);
        merged.Write("{"u8);
        foreach (var (name, value) in call.Deployment.DefaultParameters)
        {
            merged.Write(JsonText.Quote(name));
            merged.Write(":"u8);
            merged.Write(value.Span);
            merged.Write(","u8);
        }

        merged.Write(call.Body.Span[(call.Envelope.ObjectStart + 1)..]);
        return merged.WrittenMemory;
    }
}
