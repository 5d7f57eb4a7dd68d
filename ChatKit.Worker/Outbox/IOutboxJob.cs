namespace ChatKit.Worker.Outbox;

/// <summary>
/// What one kind of outbox row asks for. It may run more than once for one row (a worker may die after the work and before saying so), so
/// the second run must find the work done. It fails by throwing.
/// </summary>
internal interface IOutboxJob
{
    /// <summary>Does the work that the row's JSON describes.</summary>
    Task RunAsync(string payload, CancellationToken cancellationToken);
}
