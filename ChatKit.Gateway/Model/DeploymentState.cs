namespace ChatKit.Gateway.Model;

/// <summary>
/// The moving part of a deployment: what calls in flight learn about it, and what routing reads to choose the next. It is this replica's own view; where
/// replicas share theirs, what the others saw is put in through the same members.
/// </summary>
internal sealed class DeploymentState
{
    private Cooldown? _cooldown;
    private string? _unhealthy;
    private BudgetStop? _overBudget;

    /// <summary>The places of attempts under way.</summary>
    public ParallelSlots Slots { get; } = new();

    /// <summary>Attempts under way now.</summary>
    public int InFlight => Slots.Taken;

    /// <summary>What happened in the current minute.</summary>
    public MinuteCounters Minute { get; } = new();

    /// <summary>Seconds per token of an answer; whole answers count as one token where the provider counts none.</summary>
    public LatencySamples TimePerToken { get; } = new();

    /// <summary>Seconds to the first token of a stream.</summary>
    public LatencySamples TimeToFirstToken { get; } = new();

    /// <summary>Why the latest background check failed; null where it succeeded, or where none runs.</summary>
    public string? Unhealthy
    {
        get => Volatile.Read(ref _unhealthy);
        set => Volatile.Write(ref _unhealthy, value);
    }

    /// <summary>Set while the deployment's budget, or its provider's, is spent.</summary>
    public BudgetStop? OverBudget
    {
        get => Volatile.Read(ref _overBudget);
        set => Volatile.Write(ref _overBudget, value);
    }

    /// <summary>How long its answers are, as a rule.</summary>
    public UsualOutput Output { get; } = new();

    /// <summary>The rest that the deployment is given; null where it may be called.</summary>
    public Cooldown? CooldownAt(DateTimeOffset now) => Volatile.Read(ref _cooldown) is { } cooldown && cooldown.Until > now ? cooldown : null;

    /// <summary>Gives the deployment a rest. Of two that overlap, the longer counts. False where this one changes nothing.</summary>
    public bool Cool(Cooldown cooldown)
    {
        var current = Volatile.Read(ref _cooldown);
        while (current is null || current.Until < cooldown.Until)
        {
            var seen = Interlocked.CompareExchange(ref _cooldown, cooldown, current);
            if (ReferenceEquals(seen, current)) return true;
            current = seen;
        }

        return false;
    }
}
