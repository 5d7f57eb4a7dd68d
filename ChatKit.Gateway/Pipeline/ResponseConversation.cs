using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Responses;
using ChatKit.Gateway.Responses;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// What a Responses call has that no other has: a memory. Where it goes on from an answer that its provider keeps as well, it goes to that deployment, under the
/// same id; otherwise the whole conversation is put into its input, and any deployment can answer it. Its own answer is kept as it passes.
/// </summary>
internal sealed class ResponseConversation(ResponseStore store, ProviderCatalog providers, TimeProvider time)
{
    public async ValueTask<GatewayError?> PrepareAsync(GatewayCall call)
    {
        if (ResponseWishes.Read(call.Envelope, call.Body.Span, out var wishes) is { } invalid) return invalid;
        if (wishes.Background) return ResponseErrors.Background;
        var isStored = store.IsConfigured && wishes.Store;
        call.Response = new ResponseState(isStored, wishes.PreviousId);
        var own = isStored || wishes.PreviousId is not null ? InputItems.Normalize(wishes.InputOf(call.Body)) : [];
        KeptResponse? previous = null;
        if (wishes.PreviousId is { } id)
        {
            (previous, var missing) = await store.FindAsync(id, call.Caller!.Name, call.ClientLeft);
            if (missing is not null) return Explain(missing, id);
            if (await ContinueAsync(call, previous!, own) is { } lost) return Explain(lost, id);
        }

        if (isStored) Record(call, previous, own);
        return null;
    }

    private async ValueTask<GatewayError?> ContinueAsync(GatewayCall call, KeptResponse previous, byte[] own)
    {
        var group = call.Match!.Group;
        var keeper = group.Deployments.FirstOrDefault(deployment => deployment.Id == previous.DeploymentId);
        if (keeper is not null && IsKept(previous) && providers.For(keeper, Operation.Responses)?.Dialect is ResponsesWhereServed && ResponsesWhereServed.IsNative(keeper))
        {
            call.Match = call.Match with { Group = new ModelGroup(group.Name, [keeper]) };
            return null;
        }

        var (conversation, error) = await store.ConversationAsync(previous, call.ClientLeft);
        if (error is not null) return error;
        Expand(call, InputItems.Join(InputItems.Of(conversation, withAnswer: true), own));
        return null;
    }

    /// <summary>True where the provider was asked to keep its answer, and says that it did.</summary>
    private static bool IsKept(KeptResponse row) =>
        JsonElement.Parse(row.Body).TryGetProperty("store", out var kept) ? kept.ValueKind is JsonValueKind.True : row.DeploymentId is not null;

    /// <summary>The same request with another input, and nothing to look up any more.</summary>
    private static void Expand(GatewayCall call, byte[] input)
    {
        var source = call.Body.Span;
        var body = new PooledBuffer(source.Length + input.Length);
        var splice = new JsonSplice(source, call.Envelope.ObjectStart, body);
        foreach (var member in call.Envelope.Members)
        {
            if (member.Is(source, "input"u8)) splice.ReplaceValue(member, input);
            else if (member.Is(source, "previous_response_id"u8)) splice.Drop(member);
            else splice.Keep(member);
        }

        splice.Finish();
        var problem = CallEnvelopeReader.Read(body.WrittenSpan, Operation.Responses.Input, out var envelope);
        if (problem is not null) throw new InvalidOperationException(problem.Message);
        call.Keep(body, body.WrittenMemory, envelope);
    }

    private void Record(GatewayCall call, KeptResponse? previous, byte[] own)
    {
        var (http, owner, createdAt) = (call.Http, call.Caller!.Name, time.GetUtcNow().UtcDateTime);
        var recorder = new AnswerRecorder(http, http.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), KeepAsync);
        http.Features.Set<IHttpResponseBodyFeature>(recorder);
        http.Response.RegisterForDispose(recorder);

        ValueTask KeepAsync(JsonElement answer, string? deployment) =>
            answer.TryGetProperty("id", out var named) && named.ValueKind is JsonValueKind.String && named.GetString() is { Length: > 0 } id
                ? store.KeepAsync(new KeptResponse(id, owner, previous?.Id, previous?.RootId ?? id, deployment, createdAt, Encoding.UTF8.GetString(own), answer.GetRawText()))
                : ValueTask.CompletedTask;
    }

    /// <summary>In a call, what is not found is the call's own fault.</summary>
    private static GatewayError Explain(GatewayError error, string id) => error.Status switch
    {
        404 => ResponseErrors.PreviousNotFound(id),
        400 => error with { Param = "previous_response_id" },
        _ => error,
    };
}
