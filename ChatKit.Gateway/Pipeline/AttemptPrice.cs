using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;

namespace ChatKit.Gateway.Pipeline;

/// <summary>What an attempt cost, in nano-USD, by what it used and what its model's prices are.</summary>
internal static class AttemptPrice
{
    /// <summary>Null where nobody knows. What brought nothing costs nothing, and counting tokens is free everywhere.</summary>
    public static long? Of(Operation operation, ModelPrices prices, TokenUsage? usage, GatewayError? error, TimeSpan duration)
    {
        if (operation.Name is "count_tokens" || (error is not null && usage is null)) return 0;
        var used = usage.GetValueOrDefault();
        // A machine that is paid by the second works for as long as it takes to answer (https://docs.litellm.ai/docs/proxy/custom_pricing#cost-per-second-eg-sagemaker).
        if (prices.Second is not null && used.Details?.Seconds is null or 0)
            used = used with { Details = (used.Details ?? new UsageDetails()) with { Seconds = (decimal)duration.TotalSeconds } };
        return usage is null && prices is { Second: null, Request: null } ? null : prices.CostOf(used);
    }
}
