using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Metering;
using ChatKit.Gateway.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Gateway.Pipeline.PassThrough;

/// <summary>
/// One request on its way through: the body goes up as the client sends it, the answer comes down as the provider sends it, flushed at every piece, and is read
/// beside its way for what it says that it used. Nothing is tried again: the client's body is gone.
/// </summary>
internal sealed class PassThroughCall(GatewayCall call, PassThroughRoute route, UpstreamClient client, AttemptSettlement settlement, TimeProvider time) : IDisposable
{
    private readonly AttemptClock _clock = new(time, call.ClientLeft);
    private readonly DateTimeOffset _startedOn = time.GetUtcNow();
    private readonly long _startedAt = time.GetTimestamp();
    private readonly PooledBuffer _signed = new(1);
    private UpstreamResponse? _response;
    private AnswerMeter? _meter;
    private TimeSpan? _firstContent;
    private bool _isCharged;

    /// <summary>Sends, and copies the answer. An error that is returned before the answer has begun is for the client; one after it has cut the answer off.</summary>
    public async ValueTask<GatewayError?> RunAsync(Uri address)
    {
        var timeouts = route.Target.Timeouts;
        try
        {
            _clock.Arm(new WaitLimit(timeouts.Total, "its answer"));
            using var message = new HttpRequestMessage(new HttpMethod(call.Http.Request.Method), address) { Content = await BodyAsync() };
            PassThroughHeaders.Send(route, call.Http.Request, call.Snapshot.Settings.KeyHeaderName, message);
            _response = await client.SendAsync(message, route.Target, _signed.WrittenMemory, _clock.Token);
            // A redirect would have the client send its key, which is ours, to another host.
            if (_response.Status is 301 or 302 or 303 or 307 or 308) return TransportErrors.Redirected;
            await RelayAsync(_response, new WaitLimit(timeouts.Idle, "more of its answer"));
            return null;
        }
        catch (CredentialException missing)
        {
            return new GatewayError(401, "authentication_error", missing.Message) { Origin = ErrorOrigin.UpstreamStatus };
        }
        catch (Exception failure) when (TransportErrors.IsTransport(failure))
        {
            return _clock.Expired ?? OfRequest(failure) ?? TransportErrors.From(failure);
        }
    }

    public Attempt ToFact(GatewayError? error)
    {
        var facts = _meter?.Facts ?? default;
        var failure = error ?? (_response is { Status: >= 400 and var status } ? Refused(status) : null);
        var (model, elapsed) = (facts.ResponseModel ?? route.Target.UpstreamModel, time.GetElapsedTime(_startedAt));
        return new Attempt
        {
            Deployment = route.Target,
            Model = model,
            Number = 1,
            StartedAt = _startedOn,
            Duration = elapsed,
            TimeToFirstToken = _firstContent,
            UpstreamStatus = _response?.Status,
            Usage = facts.Usage,
            Cost = IsFree ? 0 : AttemptPrice.Of(call.Operation, route.Target.FactsOf(model).Prices, facts.Usage, failure, elapsed),
            ResponseId = facts.ResponseId,
            ResponseModel = facts.ResponseModel,
            FinishReason = facts.FinishReason,
            ClientLeft = error?.Origin is ErrorOrigin.ClientLeft,
            Error = failure,
        };
    }

    /// <summary>Puts what it cost on the books, once.</summary>
    public async ValueTask ChargeAsync(GatewayError? error)
    {
        if (_isCharged) return;
        _isCharged = true;
        await settlement.ChargeAsync(call, ToFact(error));
    }

    public void Dispose()
    {
        _clock.Dispose();
        _response?.Dispose();
        _meter?.Dispose();
        _signed.Dispose();
    }

    /// <summary>Looking something up costs nothing anywhere: only what makes a model work does.</summary>
    private bool IsFree => !HttpMethods.IsPost(call.Http.Request.Method) && _meter?.Facts.Usage is null;

    /// <summary>AWS signs what it is sent, so its bodies are read first; all others stream.</summary>
    private async ValueTask<HttpContent?> BodyAsync()
    {
        var request = call.Http.Request;
        if (call.Http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }) return null;
        if (route.Target.Identity is not AwsIdentity)
        {
            var streamed = new StreamContent(request.Body);
            streamed.Headers.ContentLength = request.ContentLength;
            return streamed;
        }

        while (await request.Body.ReadAsync(_signed.GetMemory(), _clock.Token) is var count and > 0) _signed.Advance(count);
        return new ReadOnlyMemoryContent(_signed.WrittenMemory);
    }

    private async ValueTask RelayAsync(UpstreamResponse response, WaitLimit idle)
    {
        var answer = call.Http.Response;
        answer.StatusCode = response.Status;
        PassThroughHeaders.Give(response.Headers, answer.Headers);
        answer.Headers[CallId.Header] = call.Id;
        answer.Headers["X-Accel-Buffering"] = "no";
        _meter = AnswerMeter.Of(route.Format, response);
        var left = answer.ContentLength ?? long.MaxValue;
        await answer.StartAsync(_clock.Token);
        while (true)
        {
            _clock.Arm(idle);
            var count = await response.ReadAsync(answer.BodyWriter.GetMemory(4096), _clock.Token);
            if (count == 0)
            {
                await ChargeAsync(null);
                break;
            }

            _firstContent ??= time.GetElapsedTime(_startedAt);
            _meter.Take(answer.BodyWriter.GetSpan(count)[..count]);
            answer.BodyWriter.Advance(count);
            // The client must not have its end before it is on the books.
            if ((left -= count) <= 0 || _meter.HasEnded) await ChargeAsync(null);
            if ((await answer.BodyWriter.FlushAsync(_clock.Token)).IsCompleted) throw new OperationCanceledException(call.ClientLeft);
        }
    }

    /// <summary>The client's own fault, which reaches us through the connection to the provider: its body is too large, or not framed as HTTP asks.</summary>
    private static GatewayError? OfRequest(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            if (cause is BadHttpRequestException bad)
                return new GatewayError(bad.StatusCode, "invalid_request_error", bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "The request body is larger than max_request_size_mb allows." : "The request body could not be read as HTTP.", "request_body");
        return null;
    }

    /// <summary>For routing, metrics and spend; the client has the provider's own words.</summary>
    private GatewayError Refused(int status) => new(status, "api_error", $"{route.Target.Provider} answered {status}.") { Origin = ErrorOrigin.UpstreamStatus };
}
