namespace ChatKit.Gateway.Providers;

/// <summary>What answers an upstream request: a server over HTTP, or the deployment itself.</summary>
internal interface IUpstream
{
    /// <summary>Sends the request and returns as soon as the head of the answer is there. Fails with the exceptions of HttpClient.</summary>
    ValueTask<UpstreamResponse> SendAsync(ModelCall call, UpstreamRequest request, CancellationToken cancellationToken);
}
