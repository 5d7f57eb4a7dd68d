using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>Gives an answer again, in the form that this client asked for.</summary>
internal static class Replays
{
    private static readonly Dictionary<string, IReplay> ByOperation = new()
    {
        [Operation.Chat.Name] = new ChatReplay(),
        [Operation.Completions.Name] = new CompletionsReplay(),
        [Operation.Messages.Name] = new MessagesReplay(),
        [Operation.Responses.Name] = new ResponsesReplay(),
        [Operation.GenerateContent.Name] = new GenerateContentReplay(),
    };

    /// <summary>The answer for a client that asked for a stream, or did not; null where this one cannot serve it.</summary>
    public static CachedAnswer? For(string operation, CachedAnswer kept, bool asStream, bool withUsage)
    {
        if (!ByOperation.TryGetValue(operation, out var replay)) return kept;
        return kept.Form switch
        {
            AnswerKind.Bytes => null,
            AnswerKind.Events when asStream => replay.HasUsageOnDemand ? Stream(replay, kept, withUsage) : kept,
            AnswerKind.Events => Document(replay, kept),
            _ when asStream => Events(replay, kept, withUsage),
            _ => kept,
        };
    }

    private static CachedAnswer? Stream(IReplay replay, CachedAnswer kept, bool withUsage)
    {
        if (Read(kept.Body) is not { } events) return null;
        var hasUsage = events.Any(replay.IsUsage);
        if (hasUsage == withUsage) return kept;
        if (withUsage) return null;
        var output = new ArrayBufferWriter<byte>(kept.Body.Length);
        ForEach(kept.Body, (in SseEvent next) =>
        {
            if (!IsObject(next) || !replay.IsUsage(JsonElement.Parse(next.Data.Span))) output.Write(next.Raw.Span);
        });
        return kept with { Body = output.WrittenMemory };
    }

    private static CachedAnswer? Document(IReplay replay, CachedAnswer kept)
    {
        if (Read(kept.Body) is not { } events) return null;
        var output = new ArrayBufferWriter<byte>(kept.Body.Length);
        using var json = new Utf8JsonWriter(output, JsonText.Plain);
        if (!replay.TryWriteDocument(events, json)) return null;
        json.Flush();
        return kept with { Form = AnswerKind.Document, ContentType = "application/json", Body = output.WrittenMemory };
    }

    private static CachedAnswer? Events(IReplay replay, CachedAnswer kept, bool withUsage)
    {
        var output = new ArrayBufferWriter<byte>(kept.Body.Length + 1024);
        return replay.TryWriteEvents(JsonElement.Parse(kept.Body.Span), withUsage, output)
            ? kept with { Form = AnswerKind.Events, ContentType = "text/event-stream; charset=utf-8", Body = output.WrittenMemory }
            : null;
    }

    /// <summary>Null where something in the stream is no JSON object and no terminal: then nobody here knows what it says.</summary>
    private static List<JsonElement>? Read(ReadOnlyMemory<byte> stream)
    {
        List<JsonElement>? events = [];
        ForEach(stream, (in SseEvent next) =>
        {
            if (IsObject(next)) events?.Add(JsonElement.Parse(next.Data.Span));
            else if (!next.Data.IsEmpty && !next.Data.Span.SequenceEqual("[DONE]"u8)) events = null;
        });
        return events;
    }

    private static bool IsObject(in SseEvent next) => !next.Data.IsEmpty && next.Data.Span[0] == '{';

    private static void ForEach(ReadOnlyMemory<byte> stream, Visit visit)
    {
        using var reader = new SseReader();
        while (!stream.IsEmpty)
        {
            var room = reader.GetMemory();
            var count = Math.Min(room.Length, stream.Length);
            stream[..count].CopyTo(room);
            stream = stream[count..];
            reader.Advance(count);
            while (reader.TryRead(out var next)) visit(next);
        }

        if (reader.TryReadLast(out var last)) visit(last);
    }

    private delegate void Visit(in SseEvent next);
}
