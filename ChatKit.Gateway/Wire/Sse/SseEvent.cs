namespace ChatKit.Gateway.Wire.Sse;

/// <summary>
/// One server-sent event (https://html.spec.whatwg.org/multipage/server-sent-events.html): <c>event:</c> (empty where absent), the joined <c>data:</c>
/// lines, and the raw bytes as they came, terminator included. The memory belongs to the reader and is valid until its next step.
/// </summary>
internal readonly record struct SseEvent(ReadOnlyMemory<byte> Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Raw);
