using System.ClientModel;

namespace ChatKit.Backend.Models;

/// <summary>The models that the gateway offers to chat with, remembered for a moment so that a page's load does not wait for it twice.</summary>
internal sealed partial class ModelCatalog(ModelConnection models, TimeProvider time, ILogger<ModelCatalog> logger) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private IReadOnlyList<string>? _models;
    private long _askedAt;

    /// <summary>Null where the gateway did not say.</summary>
    public async Task<IReadOnlyList<string>?> ListAsync(CancellationToken cancel)
    {
        await _asking.WaitAsync(cancel);
        try
        {
            if (_models is null || time.GetElapsedTime(_askedAt) > Freshness)
            {
                var answer = await models.Catalog.GetModelsAsync(cancel);
                _models = [.. answer.Value.Select(model => model.Id).Where(IsName)];
                _askedAt = time.GetTimestamp();
            }

            return _models;
        }
        catch (ClientResultException exception)
        {
            Log.NotListed(logger, exception.Message.ReplaceLineEndings(" "));
            return null;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    /// <summary>A wildcard such as <c>openai/*</c> says what would be accepted; nobody can choose it.</summary>
    private static bool IsName(string id) => !id.Contains('*', StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The model gateway did not list its models: {Reason}")]
        public static partial void NotListed(ILogger logger, string reason);
    }
}
