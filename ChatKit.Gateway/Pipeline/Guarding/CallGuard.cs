using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Guardrails;
using ChatKit.Gateway.Guardrails.Judges;
using ChatKit.Gateway.Guardrails.Texts;
using ChatKit.Gateway.Model.Guardrails;
using ChatKit.Gateway.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Gateway.Pipeline.Guarding;

/// <summary>
/// Stage 6, where guardrails are configured: what is looked for is found, masked or ends the call before anything is sent, and the answer is watched on its way back.
/// A call without guardrails costs nothing here.
/// </summary>
internal sealed partial class CallGuard(GuardrailCatalog catalog, ILogger<CallGuard> logger)
{
    public const string Header = "x-litellm-applied-guardrails";

    /// <summary>The refusal; null where the call may go on.</summary>
    public ValueTask<GatewayError?> CheckAsync(GatewayCall call) =>
        call.Snapshot.Settings.Guardrails.Count == 0 && call.Envelope.Guardrails is null && call.Caller!.Guardrails.Count == 0 ? default : RunAsync(call);

    /// <summary>The call is over: the last of its answer leaves, and the record is made.</summary>
    public async ValueTask EndAsync(GatewayCall call)
    {
        if (call.Guarded is not { } guarded) return;
        if (guarded.Answer is { } answer) await answer.EndAsync();
        foreach (var result in guarded.Texts.Results)
            if (result.Outcome is not "passed") Log.Found(logger, call.Id, result.Name, result.ToString());
    }

    private async ValueTask<GatewayError?> RunAsync(GatewayCall call)
    {
        if (Select(call, out var selected) is { } unknown) return unknown;
        if (selected.Count == 0) return null;
        var guarded = call.Guarded = new GuardedCall(new GuardedTexts(selected));
        call.Http.Response.Headers[Header] = string.Join(',', selected.Select(static one => ProviderHeaders.IsPrintable(one.Settings.Name) ? one.Settings.Name : Uri.EscapeDataString(one.Settings.Name)));
        if (call.Upload is null && await CheckRequestAsync(call, guarded) is { } blocked)
        {
            call.Blocked = blocked;
            return blocked;
        }

        if (guarded.Texts.ReadsAnswers || !guarded.During.IsCompleted || selected.Any(static one => one.Judge is not null && one.Settings.RunsAt(GuardrailModes.PostCall | GuardrailModes.LoggingOnly)))
            Watch(call, guarded);
        return null;
    }

    private GatewayError? Select(GatewayCall call, out List<Guardrail> selected)
    {
        var all = catalog.For(call.Snapshot.Settings.Guardrails);
        var named = call.Caller!.Guardrails.Concat(call.Envelope.Guardrails ?? []).ToHashSet(StringComparer.Ordinal);
        selected = [.. all.Where(guardrail => guardrail.Settings.DefaultOn || named.Contains(guardrail.Settings.Name))];
        var missing = named.FirstOrDefault(name => !all.Any(guardrail => guardrail.Settings.Name == name));
        return missing is null ? null : GuardErrors.Unknown(missing);
    }

    private static async ValueTask<GatewayError?> CheckRequestAsync(GatewayCall call, GuardedCall guarded)
    {
        var found = FoundTexts.OfRequest(call.Body.Span);
        guarded.Texts.ReadRequest(found);
        if (guarded.Texts.Blocker is { } blocker) return GuardErrors.Found(blocker);
        foreach (var guardrail in guarded.Texts.Guardrails.Where(static one => one.Judge is not null && one.Settings.RunsAt(GuardrailModes.PreCall)))
        {
            var (error, replaced) = await JudgeAsync(call, guarded, guardrail, found.Texts, isRequest: true);
            if (error is not null) return error;
            replaced?.CopyTo(found.Texts, 0);
        }

        if (found.IsChanged) Rewrite(call, found);
        guarded.During = JudgeMeanwhileAsync(call, guarded, [.. found.Texts]);
        foreach (var guardrail in guarded.Texts.Guardrails.Where(static one => one.Judge is not null && one.Settings.Modes is GuardrailModes.LoggingOnly))
            _ = JudgeAsync(call, guarded, guardrail, [.. found.Texts], isRequest: true).AsTask();
        return null;
    }

    /// <summary>While the provider answers; what they would replace is on its way already.</summary>
    private static async Task<GatewayError?> JudgeMeanwhileAsync(GatewayCall call, GuardedCall guarded, string[] texts)
    {
        foreach (var guardrail in guarded.Texts.Guardrails.Where(static one => one.Judge is not null && one.Settings.RunsAt(GuardrailModes.DuringCall)))
            if ((await JudgeAsync(call, guarded, guardrail, texts, isRequest: true)).Error is { } error) return error;
        return null;
    }

    /// <summary>Asks one judge. Who only logs refuses nothing.</summary>
    private static async ValueTask<(GatewayError? Error, string[]? Replaced)> JudgeAsync(GatewayCall call, GuardedCall guarded, Guardrail guardrail, string[] texts, bool isRequest)
    {
        if (texts.Length == 0) return default;
        var (result, settings) = (guarded.Texts.ResultOf(guardrail), guardrail.Settings);
        var onlyLogs = settings.Modes is GuardrailModes.LoggingOnly;
        var verdict = await guardrail.Judge!.JudgeAsync(new JudgedTexts(texts, isRequest, call.Id, GuardErrors.Describe(call)), onlyLogs ? CancellationToken.None : call.ClientLeft);
        result.Failure = verdict.Failure;
        if (verdict.Reason is not null) result.Note("verdict", blocks: !onlyLogs);
        if (verdict.Replaced is not null) result.Note("replaced", blocks: false);
        if (onlyLogs) return default;
        if (verdict.Reason is { } reason) return (GuardErrors.Judged(settings.Name, reason), null);
        if (verdict.Failure is not null && !settings.Judge!.FailsOpen) return (GuardErrors.Unavailable(settings.Name), null);
        return (null, verdict.Replaced?.ToArray());
    }

    private static void Rewrite(GatewayCall call, FoundTexts found)
    {
        var body = new PooledBuffer(call.Body.Length + 256);
        found.Write(call.Body.Span, body);
        var problem = CallEnvelopeReader.Read(body.WrittenSpan, call.Operation.Input, out var envelope);
        if (problem is not null) throw new InvalidOperationException(problem.Message);
        call.Keep(body, body.WrittenMemory, call.Operation.AlwaysStreams ? envelope with { Stream = true } : envelope);
    }

    private void Watch(GatewayCall call, GuardedCall guarded)
    {
        var features = call.Http.Features;
        guarded.Answer = new GuardedAnswer(call, guarded, features.GetRequiredFeature<IHttpResponseBodyFeature>(), JudgeAnswerAsync);
        features.Set<IHttpResponseBodyFeature>(guarded.Answer);
    }

    private async ValueTask<(GatewayError? Error, string[]? Replaced)> JudgeAnswerAsync(GatewayCall call, GuardedCall guarded, string[] texts)
    {
        string[]? replaced = null;
        foreach (var guardrail in guarded.Judges)
        {
            var (error, changed) = await JudgeAsync(call, guarded, guardrail, replaced ?? texts, isRequest: false);
            if (error is not null) return (error, null);
            replaced = changed ?? replaced;
        }

        return (null, replaced);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{CallId}: guardrail {Guardrail}: {Result}")]
        public static partial void Found(ILogger logger, string callId, string guardrail, string result);
    }
}
