using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Endpoints.Administration;

/// <summary>One call of an administrative route whose caller may make it.</summary>
/// <param name="Http">The connection.</param>
/// <param name="Snapshot">The configuration that the call began with.</param>
/// <param name="Caller">Who makes it.</param>
/// <param name="Body">The object that was sent; without members where the method has none.</param>
internal sealed record AdminCall(HttpContext Http, GatewaySnapshot Snapshot, Caller Caller, RequestFields Body)
{
    public RequestQuery Query { get; } = new(Http.Request.Query);

    public CancellationToken Aborted => Http.RequestAborted;

    public T Service<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>Everything that is wrong with what was sent, in one refusal; null where nothing is. Asked once all of it is read.</summary>
    public GatewayError? Problem => RequestErrors.Of(Body) ?? Query.Problem;

    /// <summary>The answer, with the names of the members that nobody reads: a mistyped one does not pass for taken.</summary>
    public async ValueTask<GatewayError?> AnswerAsync<T>(T answer, JsonTypeInfo<T> type)
    {
        if (Body.Unread is { Length: > 0 } unread) Http.Response.Headers["x-chatkit-losses"] = unread;
        Http.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(Http.Response.Body, answer, type, Aborted);
        return null;
    }
}
