using System.Threading.Channels;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.LiteLlm;

namespace ChatKit.Gateway.Budgets.Alerts;

/// <summary>News that wait for their delivery. A call leaves them here and goes on; where nobody takes them for long, the oldest are given up, and the log says so.</summary>
internal sealed partial class AlertQueue(SnapshotHolder snapshots, ILogger<AlertQueue> logger)
{
    private const int Longest = 1000;

    private readonly Channel<BudgetEventWire> _news = Channel.CreateBounded<BudgetEventWire>(
        new BoundedChannelOptions(Longest) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        dropped => Log.GivenUp(logger, dropped.EventMessage, dropped.EventGroup));

    /// <summary>False where nobody wants to know.</summary>
    public bool IsOn => snapshots.Current.Settings.Budgets.Alerts != AlertSettings.None;

    public ChannelReader<BudgetEventWire> News => _news.Reader;

    public void Add(BudgetEventWire news) => _news.Writer.TryWrite(news);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "'{News}' ({Group}) is given up: too many wait for their delivery")]
        public static partial void GivenUp(ILogger logger, string news, string group);
    }
}
