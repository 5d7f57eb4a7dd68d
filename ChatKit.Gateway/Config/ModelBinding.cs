using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Puts the models that the database keeps into use, as the reloader does with a changed file.</summary>
internal sealed partial class ModelBinding(ConfigurationLoader loader, SnapshotHolder holder, ILogger<ModelBinding> logger) : IModelBinding
{
    public IReadOnlyList<string> Check(StoredModel model) => [.. loader.Check(model).Select(static problem => $"{problem.Path}: {problem.Message}")];

    public void Use(IReadOnlyList<StoredModel> models)
    {
        lock (loader.Turn)
        {
            loader.Stored = models;
            var loaded = loader.Rebind(holder.Current);
            if (loaded.Snapshot is null)
            {
                Log.KeptOld(logger, Lines(loaded.Report.Problems));
                return;
            }

            holder.Swap(loaded.Snapshot);
            var left = loaded.Report.Warnings.Where(static warning => warning.Path.StartsWith("stored model", StringComparison.Ordinal)).ToList();
            Log.InUse(logger, models.Count - left.Count);
            if (left.Count > 0) Log.LeftOut(logger, Lines(left));
        }
    }

    private static string Lines(IEnumerable<ConfigurationProblem> findings) => string.Concat(findings.Select(static finding => $"{Environment.NewLine}  {finding}"));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Models} models of the database are in use")]
        public static partial void InUse(ILogger logger, int models);

        [LoggerMessage(2, LogLevel.Warning, "Models of the database that cannot be used:{Warnings}")]
        public static partial void LeftOut(ILogger logger, string warnings);

        [LoggerMessage(3, LogLevel.Error, "The models of the database changed, and with them the configuration cannot be used; what was in use stays:{Problems}")]
        public static partial void KeptOld(ILogger logger, string problems);
    }
}
