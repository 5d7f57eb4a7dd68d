using System.Text;

namespace ChatKit.Gateway.Cache;

/// <summary>An answer that was given once, as the client's dialect has it.</summary>
/// <param name="Form">What it is made of.</param>
/// <param name="ContentType">As it was served.</param>
/// <param name="Body">The document, or the events of the stream with their terminal.</param>
/// <param name="CreatedAt">When it was given.</param>
/// <param name="DeploymentId">Who gave it.</param>
/// <param name="Losses">What its provider could not be told; null for nothing.</param>
internal sealed record CachedAnswer(AnswerKind Form, string ContentType, ReadOnlyMemory<byte> Body, DateTimeOffset CreatedAt, string DeploymentId, string? Losses)
{
    private const byte Version = 1;
    private const int Overhead = 256;

    /// <summary>About what it takes in memory.</summary>
    public int Size => Body.Length + Overhead;

    /// <summary>For a store outside: a version, so that another version of the gateway takes for absent what it does not understand.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(Body.Length + Overhead);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write((byte)Form);
        writer.Write(CreatedAt.ToUnixTimeMilliseconds());
        writer.Write(ContentType);
        writer.Write(DeploymentId);
        writer.Write(Losses ?? "");
        writer.Write(Body.Length);
        writer.Write(Body.Span);
        return bytes.ToArray();
    }

    /// <summary>Null where the bytes are not what <see cref="ToBytes"/> writes.</summary>
    public static CachedAnswer? FromBytes(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            if (reader.ReadByte() != Version) return null;
            var form = (AnswerKind)reader.ReadByte();
            var created = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
            var (type, deployment, losses, length) = (reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadInt32());
            var start = (int)reader.BaseStream.Position;
            return Enum.IsDefined(form) && length == bytes.Length - start ? new CachedAnswer(form, type, bytes.AsMemory(start), created, deployment, losses.Length == 0 ? null : losses) : null;
        }
        catch (Exception notOurs) when (notOurs is EndOfStreamException or FormatException or ArgumentException or IOException)
        {
            return null;
        }
    }
}

/// <summary>What an answer is made of.</summary>
internal enum AnswerKind : byte
{
    /// <summary>One JSON document.</summary>
    Document = 1,

    /// <summary>Server-sent events.</summary>
    Events = 2,

    /// <summary>Text or sound under its own media type.</summary>
    Bytes = 3,
}
