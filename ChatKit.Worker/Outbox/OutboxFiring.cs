using Quartz;

namespace ChatKit.Worker.Outbox;

/// <summary>
/// One firing is one attempt at one outbox row. Quartz decides when and where: retries after a failure by the scheduler's policy, recovery
/// after a death or a shutdown. The ledger decides whether there is anything left to do, and when to give up.
/// </summary>
internal sealed partial class OutboxFiring(OutboxLedger ledger, IServiceProvider services, ILogger<OutboxFiring> logger) : IJob<string>
{
    public static readonly JobKey Job = new("outbox", "chatkit");

    public static ITrigger TriggerFor(string rowId) => TriggerBuilder.Create<OutboxFiring>()
        .WithIdentity(rowId, Job.Group)
        .ForJob(Job)
        .UsingInput(rowId)
        .Build();

    public async ValueTask Execute(IJobExecutionContext context, string input, CancellationToken cancellationToken = default)
    {
        if (await ledger.BeginAsync(input, cancellationToken) is not { } attempt)
            return;
        try
        {
            await services.GetRequiredKeyedService<IOutboxJob>(attempt.Kind).RunAsync(attempt.Payload, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await ledger.HandBackAsync(attempt);
            throw;
        }
        catch (Exception failure)
        {
            var dead = await ledger.FailAsync(attempt, failure, cancellationToken);
            if (dead)
                Log.GaveUp(logger, attempt.Kind, attempt.Key, attempt.Number, failure);
            else
                Log.Failed(logger, attempt.Kind, attempt.Key, attempt.Number, failure.Message);
            if (!dead)
                throw new JobExecutionException(failure);
            return;
        }

        await ledger.CompleteAsync(attempt, CancellationToken.None);
        Log.Done(logger, attempt.Kind, attempt.Key);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Kind} {Key}: done")]
        public static partial void Done(ILogger logger, string kind, string key);

        [LoggerMessage(LogLevel.Warning, "{Kind} {Key}: attempt {Number} failed and is retried: {Reason}")]
        public static partial void Failed(ILogger logger, string kind, string key, int number, string reason);

        [LoggerMessage(LogLevel.Error, "{Kind} {Key}: gave up after {Number} attempts")]
        public static partial void GaveUp(ILogger logger, string kind, string key, int number, Exception exception);
    }
}
