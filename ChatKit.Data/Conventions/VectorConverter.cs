using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatKit.Data.Conventions;

/// <summary>A vector as the bytes of its numbers, four each, in this machine's order; an SQLite file stays on machines of one order.</summary>
internal sealed class VectorConverter() : ValueConverter<float[]?, byte[]?>(vector => ToBytes(vector), bytes => ToVector(bytes))
{
    /// <summary>A vector is written once and never changed: it is the same where it is the same object.</summary>
    public static readonly ValueComparer<float[]?> Comparer = new((one, other) => ReferenceEquals(one, other), vector => vector == null ? 0 : vector.Length, vector => vector);

    private static byte[]? ToBytes(float[]? vector) => vector is null ? null : MemoryMarshal.AsBytes(vector.AsSpan()).ToArray();

    private static float[]? ToVector(byte[]? bytes) => bytes is null ? null : MemoryMarshal.Cast<byte, float>(bytes.AsSpan()).ToArray();
}
