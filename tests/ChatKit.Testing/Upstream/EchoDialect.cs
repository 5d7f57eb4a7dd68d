namespace ChatKit.Testing.Upstream;

/// <summary>An API that nobody knows: it takes everything, and says in JSON what it got.</summary>
public sealed class EchoDialect : UpstreamDialect
{
    public override string BasePath => "";

    public override string ApiKey => "echo-key-0123456789";

    public override Reply DefaultReply { get; } = (request, http) => Replies.Json($$"""{"method":"{{request.Method}}","target":"{{request.RawTarget}}","length":{{request.Body.Length}}}""")(request, http);

    public override Reply? Refuse(ReceivedRequest request) => null;
}
