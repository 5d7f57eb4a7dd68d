using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatKit.Data.Conventions;

/// <summary>A vector as the bytes of its numbers, four each, in this machine's order; an SQLite file stays on machines of one order.</summary>
internal sealed class VectorConverter() : ValueConverter<float[]?, byte[]?>(vector => ToBytes(vector), bytes => ToVector(bytes))
{
    private static byte[]? ToBytes(float[]? vector) => vector is null ? null : MemoryMarshal.AsBytes(vector.AsSpan()).ToArray();

    private static float[]? ToVector(byte[]? bytes) => bytes is null ? null : MemoryMarshal.Cast<byte, float>(bytes.AsSpan()).ToArray();
}
