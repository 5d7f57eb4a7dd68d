using ChatKit.Gateway.Providers.Uploads;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Providers;

/// <summary>The upstream HTTP request (always a POST, of JSON or a form) that a provider fills in.</summary>
internal sealed class UpstreamRequest : IDisposable
{
    /// <summary>The absolute address; null where the deployment answers by itself.</summary>
    public Uri? Address { get; set; }

    /// <summary>Headers besides Content-Type and Content-Length, in order.</summary>
    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>A form with files, sent in place of <see cref="Body"/>; null for JSON.</summary>
    public UploadContent? Upload { get; set; }

    /// <summary>The body is written here.</summary>
    public PooledBuffer Body { get; } = new();

    /// <summary>Parameters of the client's request that this provider could not carry, by path; told to the client in <c>x-chatkit-losses</c>.</summary>
    public List<string> Losses { get; } = [];

    public void Dispose()
    {
        Body.Dispose();
        Upload?.Dispose();
    }
}
