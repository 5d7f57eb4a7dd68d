using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace ChatKit.Testing.Upstream;

/// <summary>Messages of AWS's event stream (https://smithy.io/2.0/aws/amazon-eventstream.html), as Bedrock sends them.</summary>
public static class EventStreamFrame
{
    /// <summary>An event with a JSON payload.</summary>
    public static byte[] Event(string type, string json) => Message(json, (":event-type", type), (":content-type", "application/json"), (":message-type", "event"));

    /// <summary>An exception of the service's model.</summary>
    public static byte[] Exception(string type, string json) => Message(json, (":exception-type", type), (":content-type", "application/json"), (":message-type", "exception"));

    /// <summary>An error outside the model: all in headers.</summary>
    public static byte[] Error(string code, string message) => Message("", (":error-code", code), (":error-message", message), (":message-type", "error"));

    /// <summary>Any message, its headers all text.</summary>
    public static byte[] Message(string payload, params (string Name, string Value)[] headers)
    {
        using var head = new MemoryStream();
        foreach (var (name, value) in headers)
        {
            head.WriteByte((byte)name.Length);
            head.Write(Encoding.UTF8.GetBytes(name));
            var text = Encoding.UTF8.GetBytes(value);
            head.Write([7, (byte)(text.Length >> 8), (byte)text.Length]);
            head.Write(text);
        }

        return Message(head.ToArray(), Encoding.UTF8.GetBytes(payload));
    }

    /// <summary>Any message, from the bytes of its headers.</summary>
    public static byte[] Message(byte[] headers, byte[] payload)
    {
        var message = new byte[12 + headers.Length + payload.Length + 4];
        BinaryPrimitives.WriteUInt32BigEndian(message, (uint)message.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), (uint)headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Crc32.HashToUInt32(message.AsSpan(0, 8)));
        headers.CopyTo(message, 12);
        payload.CopyTo(message, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(message.Length - 4), Crc32.HashToUInt32(message.AsSpan(0, message.Length - 4)));
        return message;
    }
}
