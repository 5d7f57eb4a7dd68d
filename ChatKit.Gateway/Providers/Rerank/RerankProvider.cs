using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Rerank;

/// <summary>
/// Rerankers with words of their own: Cohere's second version, Jina, Voyage. The client speaks Cohere's shape, first or second version, and is answered in it;
/// members that it does not know (<c>truncation</c>, <c>priority</c> …) are the provider's own and travel as they came.
/// </summary>
internal sealed class RerankProvider(RerankWords words) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        if (Read(call) is not { } asked) return ChatRefusals.Invalid("request_body", "The request body is not a rerank request: 'query' is a string and 'documents' an array.");
        if (string.IsNullOrEmpty(asked.Query)) return ChatRefusals.Invalid("query", "Missing required parameter: 'query'.");
        request.Begin(call, Operation.Rerank);
        using var writer = new Utf8JsonWriter(request.Body, JsonText.Plain);
        writer.WriteStartObject();
        writer.WriteString("model"u8, call.UpstreamModel);
        writer.WriteString("query"u8, asked.Query);
        writer.WriteStartArray("documents"u8);
        for (var i = 0; i < asked.Documents?.Count; i++)
        {
            if (Text(asked.Documents[i]) is not { } text) return ChatRefusals.UnsupportedValue($"documents[{i}]", "A document is a string, or an object with a string in 'text'.");
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
        if (asked.TopN is { } top) writer.WriteNumber(words.Top, top);
        if (asked.MaxTokensPerDoc is { } limit)
        {
            if (words.LimitsDocuments) writer.WriteNumber("max_tokens_per_doc"u8, limit);
            else request.Losses.Add("max_tokens_per_doc");
        }

        WriteOthers(asked, writer, request.Losses);
        writer.WriteEndObject();
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        var (asked, answer) = (Read(call), Read(body.Span));
        if (answer is null || (words.Results is "data" ? answer.Data : answer.Results) is not { } results || results.Any(result => !IsRanked(result, asked)))
            return OpenAiErrors.Broken("The provider's answer is not a ranking of the documents.");
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        writer.WriteStartObject();
        writer.WriteString("id"u8, answer.Id ?? Guid.NewGuid().ToString());
        writer.WriteStartArray("results"u8);
        foreach (var result in results) WriteResult(writer, result!, asked);
        writer.WriteEndArray();
        WriteMeta(writer, answer);
        writer.WriteEndObject();
        facts = new AnswerFacts(Usage(answer), answer.Id, null, null);
        return null;
    }

    public AnswerForm FormOf(ModelCall call, string? mediaType) => AnswerForm.Document;

    public IAnswerStream OpenStream(ModelCall call) => new MediaEventStream();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => OpenAiErrors.FromAnswer(status, body);

    private static void WriteOthers(RerankRequest asked, Utf8JsonWriter writer, List<string> losses)
    {
        foreach (var (name, value) in asked.Others ?? [])
        {
            if (value.ValueKind is JsonValueKind.Null || GatewayFields.IsObeyed(name)) continue;
            // The first version's: which fields of structured documents count, and how many pieces of each.
            if (name is "rank_fields" or "max_chunks_per_doc" or "user" || GatewayFields.Contains(name))
            {
                losses.Add(name);
                continue;
            }

            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    private static void WriteResult(Utf8JsonWriter writer, RankedResult result, RerankRequest? asked)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, result.Index!.Value);
        writer.WritePropertyName("relevance_score"u8);
        result.RelevanceScore!.Value.WriteTo(writer);
        if (asked?.ReturnDocuments is true)
        {
            writer.WriteStartObject("document"u8);
            writer.WriteString("text"u8, Text(asked.Documents![result.Index.Value]));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>Cohere's as it came; the others' count in Cohere's place for it.</summary>
    private static void WriteMeta(Utf8JsonWriter writer, RankedAnswer answer)
    {
        if (answer.Meta is { ValueKind: JsonValueKind.Object } meta)
        {
            writer.WritePropertyName("meta"u8);
            meta.WriteTo(writer);
        }
        else if (answer.Usage?.TotalTokens is { } tokens)
        {
            writer.WriteStartObject("meta"u8);
            writer.WriteStartObject("tokens"u8);
            writer.WriteNumber("input_tokens"u8, tokens);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }

    /// <summary>Tokens, or Cohere's search units: <c>{"billed_units":{"search_units":1}}</c> (https://docs.cohere.com/reference/rerank).</summary>
    private static TokenUsage? Usage(RankedAnswer answer)
    {
        if (answer.Usage?.TotalTokens is { } tokens) return new TokenUsage(tokens, 0);
        return answer.Meta is { ValueKind: JsonValueKind.Object } meta && meta.TryGetProperty("billed_units", out var billed) && billed.ValueKind is JsonValueKind.Object
            && billed.TryGetProperty("search_units", out var units) && units.ValueKind is JsonValueKind.Number
            ? new TokenUsage(0, 0) { Details = new UsageDetails { Queries = (long)units.GetDouble() } }
            : null;
    }

    private static bool IsRanked(RankedResult? result, RerankRequest? asked) =>
        result is { Index: { } index, RelevanceScore.ValueKind: JsonValueKind.Number } && index >= 0 && index < asked?.Documents?.Count;

    private static string? Text(JsonElement document) => document.ValueKind switch
    {
        JsonValueKind.String => document.GetString(),
        JsonValueKind.Object when document.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String => text.GetString(),
        _ => null,
    };

    private static RerankRequest? Read(ModelCall call)
    {
        try
        {
            return JsonUnicode.Read(ChatRequestReader.WithDefaults(call).Span, RerankJson.Default.RerankRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RankedAnswer? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonUnicode.Read(body, RerankJson.Default.RankedAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
