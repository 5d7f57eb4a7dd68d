using System.Threading.Channels;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.LiteLlm;

namespace ChatKit.Gateway.Budgets.Alerts;

/// <summary>News that wait for their delivery. A call leaves them here and goes on; where nobody takes them for long, the oldest are forgotten.</summary>
internal sealed class AlertQueue(SnapshotHolder snapshots)
{
    private const int Longest = 1000;

    private readonly Channel<BudgetEventWire> _news = Channel.CreateBounded<BudgetEventWire>(new BoundedChannelOptions(Longest) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>False where nobody wants to know.</summary>
    public bool IsOn => snapshots.Current.Settings.Budgets.Alerts != AlertSettings.None;

    public ChannelReader<BudgetEventWire> News => _news.Reader;

    public void Add(BudgetEventWire news) => _news.Writer.TryWrite(news);
}
