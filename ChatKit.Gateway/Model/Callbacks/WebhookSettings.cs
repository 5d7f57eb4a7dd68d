namespace ChatKit.Gateway.Model.Callbacks;

/// <summary>An HTTP endpoint that is told of every attempt (https://docs.litellm.ai/docs/observability/generic_api).</summary>
/// <param name="Name">What the configuration calls it.</param>
/// <param name="Endpoint">Where to.</param>
/// <param name="Headers">Sent with each request; may be credentials.</param>
/// <param name="Successes">True where it is told of attempts that succeeded.</param>
/// <param name="Failures">True where it is told of those that failed.</param>
/// <param name="Format">How several come in one request.</param>
/// <param name="SigningSecret">Signs each request (https://www.standardwebhooks.com); null where none is signed.</param>
internal sealed record WebhookSettings(
    string Name, Uri Endpoint, IReadOnlyList<KeyValuePair<string, Secret>> Headers, bool Successes, bool Failures, BatchFormat Format, Secret? SigningSecret);

/// <summary>How several events come in one request.</summary>
internal enum BatchFormat
{
    /// <summary><c>json_array</c></summary>
    JsonArray,

    /// <summary><c>ndjson</c>: one on each line.</summary>
    Lines,

    /// <summary><c>single</c>: one in each request.</summary>
    Single,
}
