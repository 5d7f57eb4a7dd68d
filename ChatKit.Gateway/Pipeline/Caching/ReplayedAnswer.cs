using System.Buffers;
using System.Globalization;
using ChatKit.Gateway.Cache;

namespace ChatKit.Gateway.Pipeline.Caching;

/// <summary>Gives a kept answer to the client, with the headers of one that nobody was called for.</summary>
internal static class ReplayedAnswer
{
    public const string KeyHeader = "x-litellm-cache-key";

    public static async ValueTask WriteAsync(GatewayCall call, CachedAnswer answer, CacheVisit visit, TimeProvider time)
    {
        var response = call.Http.Response;
        var headers = response.Headers;
        headers[CallId.Header] = call.Id;
        headers["x-litellm-version"] = AnswerHeaders.Version;
        headers[KeyHeader] = visit.Key;
        headers[AnswerHeaders.Cost] = "0";
        if (visit.Similarity is { } similarity) headers["x-litellm-semantic-similarity"] = similarity.ToString("0.####", CultureInfo.InvariantCulture);
        AnswerHeaders.Set(headers, "x-litellm-model-id", answer.DeploymentId);
        AnswerHeaders.Set(headers, "x-litellm-model-group", call.Match!.Group.Name);
        headers["x-litellm-attempted-retries"] = "0";
        headers["x-litellm-attempted-fallbacks"] = "0";
        var total = AnswerHeaders.Milliseconds(time.GetElapsedTime(call.StartedAt));
        headers["x-litellm-response-duration-ms"] = total;
        headers["x-litellm-overhead-duration-ms"] = total;
        if (answer.Losses is { } losses) headers["x-chatkit-losses"] = losses;
        response.ContentType = answer.ContentType;
        if (answer.Form is AnswerKind.Events)
        {
            headers.CacheControl = "no-cache";
            headers["X-Accel-Buffering"] = "no";
        }
        else
        {
            response.ContentLength = answer.Body.Length;
        }

        response.BodyWriter.Write(answer.Body.Span);
        await response.BodyWriter.FlushAsync();
    }
}
