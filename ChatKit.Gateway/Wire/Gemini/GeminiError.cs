namespace ChatKit.Gateway.Wire.Gemini;

/// <summary>
/// The error of Google's APIs (https://cloud.google.com/apis/design/errors, https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto):
/// <code>
/// {"error":{"code":429,"message":"You exceeded your current quota …","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"26s"}]}}
/// </code>
/// </summary>
internal sealed record GeminiError
{
    public int? Code { get; init; }

    public string? Message { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<GeminiErrorDetail>? Details { get; init; }
}

/// <summary>What is read of a detail, whichever kind it is.</summary>
internal sealed record GeminiErrorDetail
{
    /// <summary>Of a RetryInfo: seconds with an <c>s</c>.</summary>
    public string? RetryDelay { get; init; }

    /// <summary>Of an ErrorInfo: a word such as <c>API_KEY_INVALID</c>.</summary>
    public string? Reason { get; init; }
}

/// <summary>The body of an error answer.</summary>
internal sealed record GeminiErrorAnswer(GeminiError? Error);
