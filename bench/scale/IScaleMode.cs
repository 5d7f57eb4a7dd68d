namespace ChatKit.Bench.Scale;

/// <summary>One thing that there may be very much of.</summary>
internal interface IScaleMode
{
    /// <summary>On the command line.</summary>
    string Name { get; }

    /// <summary>For whoever asks which modes there are.</summary>
    string What { get; }

    Task RunAsync(ScaleOptions options);
}
