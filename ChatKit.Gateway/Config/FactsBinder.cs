using ChatKit.Gateway.Model.Facts;

namespace ChatKit.Gateway.Config;

/// <summary>
/// What an entry says about its model, under LiteLLM's names (https://docs.litellm.ai/docs/proxy/custom_pricing): prices per token in <c>litellm_params</c>
/// or <c>model_info</c>, sizes and abilities in <c>model_info</c>. Where both say a price, <c>litellm_params</c> counts, as it does there.
/// </summary>
internal static class FactsBinder
{
    /// <summary>Beyond it somebody wrote a price per million tokens, or per minute.</summary>
    private const double DearestToken = 1;

    public static ModelFacts Bind(ConfigSection parameters, ConfigSection info)
    {
        var facts = new ModelFacts
        {
            Mode = info.Text("mode"),
            ContextWindow = info.WholeNumber("max_input_tokens", minimum: 1) ?? parameters.WholeNumber("max_input_tokens", minimum: 1),
            MaxOutput = info.WholeNumber("max_output_tokens", minimum: 1) ?? parameters.WholeNumber("max_output_tokens", minimum: 1) ?? info.WholeNumber("max_tokens", minimum: 1),
            Vision = info.Flag("supports_vision"),
            Audio = info.Flag("supports_audio_input"),
            Pdf = info.Flag("supports_pdf_input"),
            Tools = info.Flag("supports_function_calling"),
            Reasoning = info.Flag("supports_reasoning"),
            Prices = new PriceReader(Price).Read(),
        };
        return facts == ModelFacts.Unknown ? ModelFacts.Unknown : facts;

        decimal? Price(string key, PriceUnit unit)
        {
            var (fromParameters, fromInfo) = (parameters.Number(key), info.Number(key));
            if ((fromParameters ?? fromInfo) is not { } price) return null;
            if (price <= DearestToken || unit is PriceUnit.Piece && price <= CostMapReader.DearestPiece) return (decimal)price;
            var section = fromParameters is null ? info : parameters;
            section.Report.Problem(section.At(key), unit is PriceUnit.Token
                ? $"must be in US dollars per token, at most {DearestToken}; $2.50 per million tokens are 2.5e-6"
                : $"must be in US dollars for one, at most {CostMapReader.DearestPiece}");
            return null;
        }
    }
}
