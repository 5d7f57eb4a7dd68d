using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>Where a turn's events go, in their order: to the client that asked, or to a stream that clients follow.</summary>
internal interface ITurnEvents
{
    Task SendAsync(ThreadEvent threadEvent, CancellationToken cancel);
}
