using System.Globalization;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Pipeline;

/// <summary>What a client asks of the gateway in <c>x-litellm-*</c> request headers, over what is configured.</summary>
internal sealed record CallOverrides(TimeSpan? Timeout, TimeSpan? StreamTimeout, int? Retries, IReadOnlyList<string> Tags)
{
    private const int LongestMetadata = 16 * 1024;

    /// <summary>What the client wants to find again in the spend log, beside its call: a JSON object. Null for nothing.</summary>
    public string? SpendMetadata { get; init; }

    public static CallOverrides None { get; } = new(null, null, null, []);

    /// <summary>An error where a header holds something else than it should.</summary>
    public static GatewayError? Read(IHeaderDictionary headers, out CallOverrides overrides)
    {
        overrides = None;
        if (!TrySeconds(headers, "x-litellm-timeout", out var timeout, out var error) ||
            !TrySeconds(headers, "x-litellm-stream-timeout", out var streamTimeout, out error) ||
            !TryRetries(headers, out var retries, out error) ||
            !TryMetadata(headers, out var metadata, out error)) return error;
        var tags = ReadTags(headers);
        if (timeout is not null || streamTimeout is not null || retries is not null || tags.Length > 0 || metadata is not null)
            overrides = new CallOverrides(timeout, streamTimeout, retries, tags) { SpendMetadata = metadata };
        return null;
    }

    /// <summary>Separated by commas.</summary>
    private static string[] ReadTags(IHeaderDictionary headers) =>
        headers.TryGetValue("x-litellm-tags", out var given) ? given.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];

    private static bool TrySeconds(IHeaderDictionary headers, string name, out TimeSpan? value, out GatewayError? error)
    {
        (value, error) = (null, null);
        if (!headers.TryGetValue(name, out var given)) return true;
        if (double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e6)
        {
            value = TimeSpan.FromSeconds(seconds);
            return true;
        }

        error = Invalid(name, "must be a positive number of seconds");
        return false;
    }

    private static bool TryRetries(IHeaderDictionary headers, out int? value, out GatewayError? error)
    {
        const string Name = "x-litellm-num-retries";
        (value, error) = (null, null);
        if (!headers.TryGetValue(Name, out var given)) return true;
        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var retries) && retries <= 100)
        {
            value = retries;
            return true;
        }

        error = Invalid(Name, "must be a whole number from 0 to 100");
        return false;
    }

    /// <summary>https://docs.litellm.ai/docs/proxy/request_headers</summary>
    private static bool TryMetadata(IHeaderDictionary headers, out string? value, out GatewayError? error)
    {
        const string Name = "x-litellm-spend-logs-metadata";
        (value, error) = (null, null);
        if (!headers.TryGetValue(Name, out var given)) return true;
        if (given is [{ Length: <= LongestMetadata } json] && JsonObjectText.Compact(json) is { } compact)
        {
            value = compact;
            return true;
        }

        error = Invalid(Name, $"must be a JSON object of at most {LongestMetadata / 1024} KB");
        return false;
    }

    private static GatewayError Invalid(string header, string what) => new(400, "invalid_request_error", $"Invalid header '{header}': {what}.", header);
}
