using System.Collections.Frozen;
using System.Text.Json;
using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model.Facts;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Reads <c>general_settings.model_cost_map</c>: a local file in the form of LiteLLM's <c>model_prices_and_context_window.json</c>, whole or of a few entries
/// (https://docs.litellm.ai/docs/proxy/custom_model_cost_map): <code>{"openai/gpt-4o":{"input_cost_per_token":2.5e-06,"max_input_tokens":128000}}</code>
/// </summary>
internal static class CostMapReader
{
    /// <summary>A second of a large machine, a long film: nothing sold by the piece costs more.</summary>
    public const double DearestPiece = 1000;

    public static CostMap Read(Origin file, string text, ConfigReport report)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (json.RootElement.ValueKind is not JsonValueKind.Object)
            {
                report.Problem(file, "must be a JSON object: models by name");
                return CostMap.Empty;
            }

            // LiteLLM's file begins with an entry that explains the others.
            var entries = from model in json.RootElement.EnumerateObject()
                          where model.Name is not "sample_spec" && model.Value.ValueKind is JsonValueKind.Object
                          select KeyValuePair.Create(model.Name, Facts(model.Value, file.Member(model.Name, 0), report));
            return new CostMap(entries.DistinctBy(static entry => entry.Key).ToFrozenDictionary());
        }
        catch (JsonException broken)
        {
            report.Problem(file, $"is not valid JSON: {broken.Message}");
            return CostMap.Empty;
        }
    }

    private static ModelFacts Facts(JsonElement entry, Origin place, ConfigReport report)
    {
        return new ModelFacts
        {
            Mode = entry.TryGetProperty("mode", out var mode) && mode.ValueKind is JsonValueKind.String ? mode.GetString() : null,
            ContextWindow = Size("max_input_tokens"),
            MaxOutput = Size("max_output_tokens"),
            Vision = Flag("supports_vision"),
            Audio = Flag("supports_audio_input"),
            Pdf = Flag("supports_pdf_input"),
            Tools = Flag("supports_function_calling"),
            Reasoning = Flag("supports_reasoning"),
            Prices = new PriceReader(Price).Read(),
        };

        decimal? Price(string key, PriceUnit unit)
        {
            if (!entry.TryGetProperty(key, out var value) || value.ValueKind is JsonValueKind.Null) return null;
            if (value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var price) && price >= 0 && price <= (unit is PriceUnit.Token ? 1 : DearestPiece)) return (decimal)price;
            report.Problem(place.Member(key, 0), unit is PriceUnit.Token ? "must be a number of US dollars for one token, at most 1" : $"must be a number of US dollars for one, at most {DearestPiece}");
            return null;
        }

        int? Size(string key) => entry.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var size) && size > 0 ? size : null;

        bool? Flag(string key) => entry.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
    }
}
