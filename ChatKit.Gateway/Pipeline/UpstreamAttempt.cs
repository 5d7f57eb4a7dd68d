using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Forms;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// Stage 8, one attempt at one deployment: prepare, send, and wait until there is something to give to the client; a whole answer, or the first
/// content of a stream. Until then nothing has been promised, and another attempt may do better.
/// </summary>
internal sealed class UpstreamAttempt : IDisposable
{
    private const int LongestError = 64 * 1024;

    /// <summary>
    /// How much of a stream's opening is held back for its first content: enough for a Responses stream, which begins by repeating its instructions and tools.
    /// Beyond it the answer goes to the client as it comes, and cannot be replaced by another one any more.
    /// </summary>
    public const int LongestOpening = 1024 * 1024;

    /// <summary>A stream with longer silences does better without memory of its own between two events: it costs a system call, which is then nothing.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(50);

    private readonly ModelCall _call;
    private readonly ProviderRoute _route;
    private readonly AttemptLimits _limits;
    private readonly AttemptClock _clock;
    private readonly TimeProvider _time;
    private readonly UpstreamRequest _request = new();
    private readonly DateTimeOffset _startedOn;
    private readonly long _startedAt;
    private UpstreamEvents? _events;
    private AnswerFacts _facts;
    private TimeSpan? _firstContent;
    private int _came;
    private readonly int _requestBytes;
    private readonly int _characters;
    private readonly Operation _operation;
    private int _answerBytes;
    private bool _isSlow;

    public UpstreamAttempt(GatewayCall call, Deployment deployment, ProviderRoute route, int number, TimeProvider time)
    {
        (Deployment, Number, _route, _time) = (deployment, number, route, time);
        var whole = new ModelCall(call.Envelope, call.Body, deployment, call.Match!.UpstreamModel(deployment), call.AnsweringModel(deployment))
        {
            ClientHeaders = ForwardedHeaders.Of(call),
            Upload = call.Upload,
            Response = call.Response,
        };
        _requestBytes = EstimatedUsage.Applies(call.Operation) ? call.Body.Length : 0;
        (_operation, _characters) = (call.Operation, MediaUsage.CharactersOf(call));
        _call = ParameterPruning.Prune(whole, _request.Losses);
        _limits = AttemptLimits.Of(call, deployment);
        _clock = new AttemptClock(time, call.ClientLeft);
        _startedOn = time.GetUtcNow();
        _startedAt = time.GetTimestamp();
    }

    public Deployment Deployment { get; }

    /// <summary>The model's name at the provider.</summary>
    public string Model => _call.UpstreamModel;

    /// <summary>1 for the first attempt of a call.</summary>
    public int Number { get; }

    public AttemptKind Kind { get; init; }

    /// <summary>How long it may take to begin.</summary>
    public TimeSpan Limit => _limits.Begin.Time;

    /// <summary>What the provider could not be told, for the client to know.</summary>
    public IReadOnlyList<string> Losses => _request.Losses;

    /// <summary>The head of the answer; null until there is one.</summary>
    public UpstreamResponse? Response { get; private set; }

    /// <summary>What is ready for the client: the whole answer, or the beginning of a stream.</summary>
    public PooledBuffer Output { get; } = new();

    /// <summary>What the answer is; known with <see cref="Response"/>.</summary>
    public AnswerForm Form { get; private set; }

    /// <summary>True where <see cref="Output"/> is the beginning of a stream and more is to come.</summary>
    public bool HasMore { get; private set; }

    /// <summary>The tokens that the provider counted so far; null where it did not say.</summary>
    public TokenUsage? Usage => (_events?.Facts ?? _facts).Usage;

    public TimeSpan Elapsed => _time.GetElapsedTime(_startedAt);

    /// <summary>How the opening ended: null for a success, and a bug until it has ended.</summary>
    public GatewayError? Opened { get; private set; } = GatewayError.Unexpected;

    /// <summary>Runs the attempt to where the client's answer can begin. An error where it cannot.</summary>
    public async ValueTask<GatewayError?> OpenAsync()
    {
        if (Refused() is { } refused) return Opened = refused;
        try
        {
            _clock.Arm(_limits.Begin);
            Response = await _route.Upstream.SendAsync(_call, _request, _clock.Token);
            var error = Response.Status is < 200 or > 299 ? await ReadErrorAsync(Response)
                : (Form = _route.Dialect.FormOf(_call, Response.MediaType)) is AnswerForm.Document ? await ReadWholeAsync(Response)
                : await ReadFirstContentAsync(Response);
            return Opened = Explain(error);
        }
        catch (Exception failure) when (failure is CredentialException or FormException || TransportErrors.IsTransport(failure))
        {
            return Opened = Explain(ErrorOf(failure));
        }
    }

    /// <summary>Waits for more of a stream. An error where it broke off.</summary>
    public async ValueTask<GatewayError?> WaitForMoreAsync()
    {
        try
        {
            _clock.Arm(_limits.Idle);
            var since = _time.GetTimestamp();
            _came = await _events!.WaitAsync(_isSlow, _clock.Token);
            _isSlow = _time.GetElapsedTime(since) > Slow;
            return null;
        }
        catch (Exception failure) when (TransportErrors.IsTransport(failure))
        {
            return Explain(ErrorOf(failure));
        }
    }

    /// <summary>Writes what came. An error where that is the end, or a report of one.</summary>
    public GatewayError? WriteMore(IBufferWriter<byte> client)
    {
        try
        {
            return Explain(Take(_events!.Take(_came, client)));
        }
        catch (InvalidDataException broken)
        {
            return Explain(TransportErrors.From(broken));
        }
    }

    /// <summary>Stops the clock while somebody else is waited for: a client that reads slowly is no fault of the provider's.</summary>
    public void Pause() => _clock.Disarm();

    /// <summary>Breaks the attempt off, because another one has the answer.</summary>
    public void Abandon() => _clock.Supersede();

    /// <summary>Gives back the memory of what was sent and relayed: there is no way back now, and the rest of a stream may take minutes.</summary>
    public void Commit()
    {
        _request.Dispose();
        Output.Dispose();
    }

    /// <summary>The fact that the attempt leaves behind, now that it is over.</summary>
    public Attempt ToFact(GatewayError? error)
    {
        var facts = _events?.Facts ?? _facts;
        var (usage, elapsed) = (UsageOf(facts, error), Elapsed);
        return new Attempt
        {
            Deployment = Deployment,
            Model = Model,
            Number = Number,
            Kind = Kind,
            StartedAt = _startedOn,
            Duration = elapsed,
            TimeToFirstToken = _firstContent,
            UpstreamStatus = Response?.Status,
            Usage = usage,
            Cost = AttemptPrice.Of(_operation, Deployment.FactsOf(Model).Prices, usage, error, elapsed),
            ResponseId = facts.ResponseId,
            ResponseModel = facts.ResponseModel,
            FinishReason = facts.FinishReason,
            ClientLeft = error?.Origin is ErrorOrigin.ClientLeft,
            Error = error,
        };
    }

    /// <summary>As the provider said; reckoned where it did not, or where its stream was not heard to the end.</summary>
    private TokenUsage? UsageOf(in AnswerFacts facts, GatewayError? error)
    {
        if (_requestBytes == 0) return error is null ? MediaUsage.Add(facts.Usage, _operation, facts, _characters) : facts.Usage;
        if (facts.Usage is not null && error is null) return facts.Usage;
        if (_events is { HasContent: true }) return EstimatedUsage.Of(facts.Usage, _requestBytes, _events.Pieces);
        return error is null && _answerBytes > 0 ? EstimatedUsage.Of(facts.Usage, _requestBytes, EstimatedUsage.Tokens(_answerBytes)) : facts.Usage;
    }

    public void Dispose()
    {
        _clock.Dispose();
        _events?.Dispose();
        Response?.Dispose();
        _request.Dispose();
        Output.Dispose();
    }

    /// <summary>Prepares the request. An error where it must not be sent.</summary>
    private GatewayError? Refused()
    {
        if (Deployment.Unavailable is { } reason) return new GatewayError(503, "api_error", reason) { Origin = ErrorOrigin.Configuration };
        if (_route.Dialect.WriteRequest(_call, _request) is { } refused) return refused;
        return Deployment.Parameters.IsStrict && Losses.Count > 0 ? StrictRefusal.Of(Deployment, Losses) : null;
    }

    private async ValueTask<GatewayError?> ReadFirstContentAsync(UpstreamResponse response)
    {
        _events = Form is AnswerForm.Bytes
            ? new UpstreamEvents(response, new PassingReader(), new PassingStream())
            : new UpstreamEvents(response, _route.Dialect.OpenReader(), _route.Dialect.OpenStream(_call));
        StreamStep step;
        do step = _events.Take(await _events.WaitAsync(rests: false, _clock.Token), Output);
        while (step is StreamStep.Preamble && Output.WrittenCount < LongestOpening);
        return Take(step);
    }

    /// <summary>A stream may be legitimately empty, but then it says why it ended: a terminal alone is what a broken server sends.</summary>
    private GatewayError? Take(StreamStep step)
    {
        if (_events!.HasContent) _firstContent ??= Elapsed;
        HasMore = step is StreamStep.Preamble or StreamStep.Content;
        if (Form is AnswerForm.Events && step is StreamStep.Terminal && !_events.HasContent && _events.Facts.FinishReason is null) return TransportErrors.Empty;
        return step is StreamStep.Failed ? _events.Error : null;
    }

    private async ValueTask<GatewayError?> ReadWholeAsync(UpstreamResponse response)
    {
        using var body = new PooledBuffer();
        if (!await response.ReadToEndAsync(body, _limits.LargestAnswer, _clock.Token)) return TransportErrors.TooLarge;
        _answerBytes = body.WrittenCount;
        var error = _route.Dialect.ReadAnswer(_call, body.WrittenMemory, Output, out _facts);
        return error is null && _call.Envelope.Stream ? TransportErrors.NotStreamed : error;
    }

    private async ValueTask<GatewayError> ReadErrorAsync(UpstreamResponse response)
    {
        using var body = new PooledBuffer();
        await response.ReadToEndAsync(body, LongestError, _clock.Token);
        var headers = response.Headers.ToList();
        var error = _route.Dialect.ReadError(_call, response.Status, body.WrittenMemory);
        // Google says it in the body.
        return error with { RetryAfter = RetryAfter.Read(headers, _startedOn) ?? error.RetryAfter, ProviderHeaders = headers };
    }

    private GatewayError ErrorOf(Exception failure) => failure switch
    {
        CredentialException missing => new GatewayError(401, "authentication_error", missing.Message) { Origin = ErrorOrigin.UpstreamStatus },
        FormException problem => FormRequestReader.Of(problem),
        _ when _call.Upload?.Problem is { } problem => FormRequestReader.Of(problem),
        _ => _clock.Expired ?? TransportErrors.From(failure),
    };

    /// <summary>Says whose error it is, and makes sure that a provider that repeats its key does not repeat it to the client.</summary>
    private GatewayError? Explain(GatewayError? error)
    {
        if (error is null or { Origin: ErrorOrigin.Client or ErrorOrigin.ClientLeft or ErrorOrigin.Superseded }) return error;
        return error with { Message = $"{ErrorClass.Of(error)}: {Deployment.Provider}: {Deployment.Mask(error.Message)}" };
    }
}
