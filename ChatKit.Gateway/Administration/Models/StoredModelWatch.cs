using System.Data.Common;
using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Model;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Models;

/// <summary>
/// Keeps the models of the database in use. It compares ids and times twice a second, so a change by any replica counts on all of them well within a second, and no
/// message can be missed. While the database cannot be reached, what is in use stays. A model that cannot be opened is left out, and the others run.
/// </summary>
internal sealed partial class StoredModelWatch(
    SnapshotHolder snapshots, IModelBinding binding, TimeProvider time, ILogger<StoredModelWatch> logger, IDbContextFactory<GatewayDbContext>? contexts = null) : BackgroundService
{
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _turn = new(1);
    private IReadOnlyList<Version> _seen = [];
    private Secret? _seenKey;
    private bool _isDown;

    /// <summary>The models are in use before the first call is answered, unless the database cannot be reached.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (snapshots.Current.Settings.StoresModels && contexts is null) Log.NoDatabase(logger);
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks whether something changed, and puts it into use.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (contexts is null) return;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var settings = snapshots.Current.Settings;
            if (settings.StoresModels) await LookAsync(contexts, SealingKeyOf(settings), cancellationToken);
            else if (_seen.Count > 0) Use([], [], null);
            _isDown = false;
        }
        catch (Exception failure) when (failure is DbException or TimeoutException or { InnerException: DbException or TimeoutException })
        {
            if (!_isDown) Log.Unreachable(logger, (failure.InnerException ?? failure).Message);
            _isDown = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What credentials are sealed with: the salt key, else the master key; null where there is neither.</summary>
    public static Secret? SealingKeyOf(GatewaySettings settings) => settings.SealingKey ?? settings.MasterKey;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (contexts is null) return;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RefreshAsync(stoppingToken);
    }

    private async Task LookAsync(IDbContextFactory<GatewayDbContext> database, Secret? key, CancellationToken cancellationToken)
    {
        await using var rows = await database.CreateDbContextAsync(cancellationToken);
        var versions = await rows.StoredModels.OrderBy(static model => model.Id).Select(static model => new Version(model.Id, model.UpdatedAt)).ToListAsync(cancellationToken);
        if (versions.SequenceEqual(_seen) && Equals(key, _seenKey)) return;
        var stored = await rows.StoredModels.AsNoTracking().OrderBy(static model => model.CreatedAt).ThenBy(static model => model.Id).ToListAsync(cancellationToken);
        var opener = key is null ? null : new ModelKey(key);
        Use([.. stored.Select(row => Open(row, opener)).OfType<StoredModel>()], versions, key);
    }

    private void Use(IReadOnlyList<StoredModel> models, IReadOnlyList<Version> versions, Secret? key)
    {
        (_seen, _seenKey) = (versions, key);
        binding.Use(models);
    }

    private StoredModel? Open(StoredModelRow row, ModelKey? key)
    {
        if (key?.Open(row) is { } model) return model;
        Log.Sealed(logger, row.ModelName, row.Id);
        return null;
    }

    private sealed record Version(string Id, DateTime UpdatedAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The model {Name} ({Id}) of the database was sealed under another key than the one that is configured: LITELLM_SALT_KEY, else the master key. It is left out; set the key that it was stored with")]
        public static partial void Sealed(ILogger logger, string name, string id);

        [LoggerMessage(2, LogLevel.Warning, "The models of the database cannot be read; those in use stay: {Reason}")]
        public static partial void Unreachable(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Models are to be stored in the database, and there is none: set DATABASE_URL")]
        public static partial void NoDatabase(ILogger logger);
    }
}
