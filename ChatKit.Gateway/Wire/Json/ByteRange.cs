namespace ChatKit.Gateway.Wire.Json;

/// <summary>A piece of scanned bytes; the default is none.</summary>
internal readonly record struct ByteRange(int Start, int End)
{
    public bool IsEmpty => End == Start;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> source) => source[Start..End];
}
