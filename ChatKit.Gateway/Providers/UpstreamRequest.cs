using System.Buffers;

namespace ChatKit.Gateway.Providers;

/// <summary>The upstream HTTP request (always a POST of JSON) that a provider fills in.</summary>
internal sealed class UpstreamRequest
{
    /// <summary>The absolute address.</summary>
    public Uri? Address { get; set; }

    /// <summary>Headers besides Content-Type and Content-Length, in order.</summary>
    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>The body is written here.</summary>
    public ArrayBufferWriter<byte> Body { get; } = new(1024);

    /// <summary>Parameters of the client's request that this provider could not carry, by path; told to the client in <c>x-chatkit-losses</c>.</summary>
    public List<string> Losses { get; } = [];
}
