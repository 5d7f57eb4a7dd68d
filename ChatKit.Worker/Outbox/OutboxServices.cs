namespace ChatKit.Worker.Outbox;

/// <summary>Registers the path from an outbox row to its job.</summary>
internal static class OutboxServices
{
    public static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<OutboxLedger>()
        .AddSingleton<OutboxKinds>()
        .AddHostedService<OutboxPump>();

    /// <summary>Rows of this kind are run by <typeparamref name="TJob"/>.</summary>
    public static IServiceCollection AddOutboxJob<TJob>(this IServiceCollection services, string kind)
        where TJob : class, IOutboxJob => services
        .AddKeyedScoped<IOutboxJob, TJob>(kind)
        .AddSingleton(new OutboxKind(kind));
}

/// <summary>The name of one kind that this build can run.</summary>
internal sealed record OutboxKind(string Name);

/// <summary>All of them. Rows of other kinds wait for a worker that knows them: during an upgrade the backend may be newer.</summary>
internal sealed class OutboxKinds(IEnumerable<OutboxKind> kinds)
{
    public IReadOnlyList<string> Names { get; } = [.. kinds.Select(kind => kind.Name)];
}
