using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Tokens;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>
/// LiteLLM's <c>POST /spend/calculate</c>: what a call would cost (<c>model</c> and <c>messages</c>: their input) or did cost (<c>completion_response</c>, with its usage).
/// Nobody is called. <c>{"cost":0.0000725}</c>; null where the price is not known.
/// </summary>
internal static class SpendCalculateEndpoint
{
    /// <summary>Who made a model that no configuration names, as far as its name tells.</summary>
    private static readonly string[] Makers = ["openai", "anthropic", "gemini", "mistral", "xai", "deepseek", "cohere", "groq", "bedrock"];

    public static void MapSpendCalculate(this IEndpointRouteBuilder routes) => routes.MapAdminPost("/spend/calculate", RouteAccess.Key, AnswerAsync);

    private static async ValueTask<GatewayError?> AnswerAsync(AdminCall call)
    {
        var (model, messages, response) = (call.Body.Text("model"), call.Body.Raw("messages"), call.Body.Raw("completion_response"));
        if (call.Problem is { } refused) return refused;
        if (model is not null && messages is null && response is null) return RequestErrors.Invalid("messages", "messages must be provided if 'model' is provided");
        if (model is null && response is null) return RequestErrors.Invalid("model", "Either 'model' or 'completion_response' must be provided");

        var (priced, usage) = response is null ? (model!, Reckon(call.Snapshot, model!, messages!)) : Read(Encoding.UTF8.GetBytes(response), model);
        if (usage is not { } used) return RequestErrors.Invalid("completion_response", "must be a completion with a model and its usage");
        var cost = FactsOf(call.Snapshot, priced).Prices.CostOf(used);
        return await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            if (cost is { } known) json.WriteDollars("cost", known);
            else json.WriteNull("cost"u8);
            json.WriteEndObject();
        });
    }

    private static TokenUsage? Reckon(GatewaySnapshot snapshot, string model, string messages)
    {
        using var request = JsonDocument.Parse($"{{\"messages\":{messages}}}");
        var upstream = snapshot.Resolve(model) is { } match ? match.UpstreamModel(match.Group.Candidates[0]) : model;
        return new TokenUsage(RequestTokens.Count(request.RootElement, upstream), 0);
    }

    private static (string Model, TokenUsage? Usage) Read(byte[] response, string? model)
    {
        if (!CompletionScan.TryScan(response, out var scan)) return (model ?? "", null);
        var facts = ScannedFacts.Of(scan, response);
        return ((model ?? facts.ResponseModel) is { } named ? named : "", model is null && facts.ResponseModel is null ? null : facts.Usage);
    }

    /// <summary>Of the group that the name means here; else of the published model of that name.</summary>
    private static ModelFacts FactsOf(GatewaySnapshot snapshot, string model)
    {
        if (snapshot.Resolve(model) is { } match)
        {
            var deployment = match.Group.Candidates[0];
            return deployment.FactsOf(match.UpstreamModel(deployment));
        }

        return Makers.Select(maker => ModelFactsCatalog.FindBase(maker, model)).FirstOrDefault(static facts => facts != ModelFacts.Unknown) ?? ModelFacts.Unknown;
    }
}
