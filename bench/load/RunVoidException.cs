namespace ChatKit.Bench.Load;

/// <summary>Something did not answer as it should, so that the numbers mean nothing; the run ends, loudly.</summary>
internal sealed class RunVoidException(string message) : Exception(message);
