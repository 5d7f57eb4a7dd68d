using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Gateway.Wire.LiteLlm;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// One deployment in LiteLLM's <c>/model/info</c> (https://docs.litellm.ai/docs/proxy/model_management): the entry of the file with its credentials masked, and
/// in <c>model_info</c> what the file says there, then what is known about the model. Unknown is null.
/// </summary>
internal sealed class ModelInfoWriter(LiveState live)
{
    private const double Million = 1_000_000;

    public void Write(Utf8JsonWriter writer, Deployment deployment)
    {
        writer.WriteStartObject();
        writer.WriteString("model_name", deployment.GroupName);
        writer.WritePropertyName("litellm_params");
        writer.WriteRawValue(deployment.ShownParameters.Span, skipInputValidation: true);
        writer.WriteStartObject("model_info");
        writer.WriteString("id", deployment.Id);
        writer.WriteBoolean("db_model", deployment.IsStored);
        foreach (var (name, value) in deployment.Info)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value.Span, skipInputValidation: true);
        }

        WriteFacts(writer, deployment, deployment.FactsOf(deployment.UpstreamModel));
        writer.WriteEndObject();
        writer.WritePropertyName("state");
        JsonSerializer.Serialize(writer, live.Of(deployment), DeploymentStateJson.Default.DeploymentStateWire);
        writer.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter writer, Deployment deployment, ModelFacts facts)
    {
        var given = deployment.Info.Select(member => member.Key).ToHashSet(StringComparer.Ordinal);
        Text("key", deployment.BaseModel ?? deployment.UpstreamModel);
        Text("litellm_provider", deployment.Provider);
        Text("mode", facts.Mode);
        Number("max_tokens", facts.MaxOutput);
        Number("max_input_tokens", facts.ContextWindow);
        Number("max_output_tokens", facts.MaxOutput);
        Price("input_cost_per_token", facts.Prices.Input);
        Price("output_cost_per_token", facts.Prices.Output);
        Price("cache_read_input_token_cost", facts.Prices.CacheRead);
        Price("cache_creation_input_token_cost", facts.Prices.CacheWrite);
        Price("cache_creation_input_token_cost_above_1hr", facts.Prices.CacheWriteHour);
        Price("input_cost_per_audio_token", facts.Prices.AudioInput);
        Price("output_cost_per_audio_token", facts.Prices.AudioOutput);
        if (facts.Prices.LongContext is { } longer)
        {
            var suffix = $"_above_{longer.Above / 1000}k_tokens";
            Price("input_cost_per_token" + suffix, longer.Prices.Input);
            Price("output_cost_per_token" + suffix, longer.Prices.Output);
        }

        Flag("supports_vision", facts.Vision);
        Flag("supports_audio_input", facts.Audio);
        Flag("supports_pdf_input", facts.Pdf);
        Flag("supports_function_calling", facts.Tools);
        Flag("supports_reasoning", facts.Reasoning);
        Number("rpm", deployment.Rpm);
        Number("tpm", deployment.Tpm);

        void Text(string name, string? value)
        {
            if (!given.Contains(name)) writer.WriteString(name, value);
        }

        void Number(string name, int? value)
        {
            if (given.Contains(name)) return;
            if (value is { } number) writer.WriteNumber(name, number);
            else writer.WriteNull(name);
        }

        void Price(string name, decimal? perMillion)
        {
            if (given.Contains(name)) return;
            if (perMillion is { } price) writer.WriteNumber(name, (double)price / Million);
            else writer.WriteNull(name);
        }

        void Flag(string name, bool? value)
        {
            if (given.Contains(name)) return;
            if (value is { } known) writer.WriteBoolean(name, known);
            else writer.WriteNull(name);
        }
    }
}
