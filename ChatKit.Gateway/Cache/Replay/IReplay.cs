using System.Buffers;
using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>
/// An API's answers in their other form: what was streamed as one document, and a document as a stream. False where that would leave something out or make
/// something up; the question then counts as not answered yet.
/// </summary>
internal interface IReplay
{
    /// <param name="events">The data of each event, in order, without the terminal that is no JSON.</param>
    /// <param name="output">Takes the document.</param>
    bool TryWriteDocument(IReadOnlyList<JsonElement> events, Utf8JsonWriter output);

    /// <param name="document">The whole answer.</param>
    /// <param name="withUsage">True where the client asked for a last event with the usage, in an API that sends it only then.</param>
    /// <param name="output">Takes the events, terminal included.</param>
    bool TryWriteEvents(JsonElement document, bool withUsage, IBufferWriter<byte> output);

    /// <summary>True for the event that carries usage alone, which clients get that asked for it and no others.</summary>
    bool IsUsage(JsonElement data) => false;

    /// <summary>True where only some streams have such an event.</summary>
    bool HasUsageOnDemand => false;
}
