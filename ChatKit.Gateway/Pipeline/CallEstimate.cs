using System.Buffers.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// What a call will use, reckoned before it is made: its input by the length of its body, its answer by the bound that the client gives it, or by how long answers
/// are as a rule. Only to reserve by; what was used is charged.
/// </summary>
internal readonly record struct CallEstimate(long Input, long Output)
{
    /// <summary>The tokens of an answer, where neither the client nor experience says anything.</summary>
    private const int UnknownAnswer = 1000;

    public static CallEstimate Of(GatewayCall call)
    {
        if (call.Body.IsEmpty || call.Upload is not null) return default;
        var input = EstimatedUsage.Tokens(call.Body.Length);
        return EstimatedUsage.Applies(call.Operation) ? new CallEstimate(input, OutputOf(call)) : new CallEstimate(input, 0);
    }

    public long Counted(CountedTokens which) => Counted(Input, Output, which);

    /// <summary>Of tokens, those that a minute's limit counts.</summary>
    public static long Counted(long input, long output, CountedTokens which) => which switch
    {
        CountedTokens.Input => input,
        CountedTokens.Output => output,
        _ => input + output,
    };

    /// <summary>Nano-USD, at the dearest deployment that may get the call; 0 where no price is known.</summary>
    public long CostOf(GatewayCall call)
    {
        long dearest = 0;
        foreach (var deployment in call.Match!.Group.Candidates)
        {
            var facts = deployment.FactsOf(call.Match.UpstreamModel(deployment));
            // A picture is many bytes and few tokens, and nothing is longer than what the model reads.
            var usage = new TokenUsage(Math.Min(Input, facts.ContextWindow ?? long.MaxValue), Math.Min(Output, facts.MaxOutput ?? long.MaxValue));
            if (AttemptCost.Of(facts.Prices, usage) is { } cost) dearest = Math.Max(dearest, cost.Total);
        }

        return dearest;
    }

    private static long OutputOf(GatewayCall call)
    {
        var body = call.Body.Span;
        long? most = null, answers = null;
        foreach (var member in call.Envelope.Members)
        {
            if (member.Is(body, "max_tokens"u8) || member.Is(body, "max_completion_tokens"u8) || member.Is(body, "max_output_tokens"u8)) most = Number(member, body) ?? most;
            else if (member.Is(body, "n"u8)) answers = Number(member, body);
            else if (member.Is(body, "generationConfig"u8) && member.Kind is JsonTokenType.StartObject) most = MostOf(member.Value(body)) ?? most;
        }

        return (most ?? Usual(call)) * Math.Clamp(answers ?? 1, 1, 128);
    }

    /// <summary>Google's <c>{"maxOutputTokens": 100}</c>.</summary>
    private static long? MostOf(ReadOnlySpan<byte> configuration)
    {
        var members = new List<JsonMember>();
        JsonMembers.Read(configuration, members);
        foreach (var member in members)
        {
            if (member.Is(configuration, "maxOutputTokens"u8)) return Number(member, configuration);
        }

        return null;
    }

    private static long Usual(GatewayCall call)
    {
        long? usual = null;
        foreach (var deployment in call.Match!.Group.Candidates)
        {
            if (deployment.State.Output.Bound is { } bound && !(usual >= bound)) usual = bound;
        }

        return usual ?? UnknownAnswer;
    }

    private static long? Number(JsonMember member, ReadOnlySpan<byte> body) =>
        member.Kind is JsonTokenType.Number && Utf8Parser.TryParse(member.Value(body), out int number, out _) && number > 0 ? number : null;
}
