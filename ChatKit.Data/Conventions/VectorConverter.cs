using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatKit.Data.Conventions;

/// <summary>A vector as the bytes of its numbers, four each, in this machine's order; an SQLite file stays on machines of one order.</summary>
internal sealed class VectorConverter() : ValueConverter<float[], byte[]>(
    vector => MemoryMarshal.AsBytes(vector.AsSpan()).ToArray(),
    bytes => MemoryMarshal.Cast<byte, float>(bytes.AsSpan()).ToArray());
