using System.Buffers;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>Puts the name that the client asked for in place of the provider's, and leaves the rest of the bytes.</summary>
internal static class ModelStamp
{
    private static readonly DerivedTexts<byte[]> Names = new(JsonText.Quote);

    /// <summary>The name as it stands between the quotes of a JSON string.</summary>
    public static ReadOnlyMemory<byte> Of(string model) => Names.Of(model).AsMemory(1..^1);

    /// <summary>The name as a JSON string.</summary>
    public static ReadOnlySpan<byte> Quoted(string model) => Names.Of(model);

    /// <summary>Copies the JSON with the stamp where <paramref name="model"/> stands; as it is where that is nowhere.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> json, ByteRange model, ReadOnlyMemory<byte> stamp)
    {
        if (model == default)
        {
            output.Write(json);
            return;
        }

        output.Write(json[..model.Start]);
        output.Write(stamp.Span);
        output.Write(json[model.End..]);
    }
}
