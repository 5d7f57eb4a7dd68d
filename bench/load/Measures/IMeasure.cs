using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load.Measures;

/// <summary>One thing that is measured.</summary>
internal interface IMeasure
{
    /// <summary>The name for <c>--only</c>.</summary>
    string Name { get; }

    Task<IReadOnlyList<Row>> RunAsync(Laboratory lab);
}
