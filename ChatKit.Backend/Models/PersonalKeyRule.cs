using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatKit.ServiceDefaults.Contract;
using ChatKit.ServiceDefaults.Models;

namespace ChatKit.Backend.Models;

/// <summary>
/// What a person's own key at the gateway is, and may spend. The key follows from the master key and the person's id, so it is kept nowhere: every replica makes
/// the same one, and finds it at the gateway.
/// </summary>
/// <param name="MasterKey">Makes keys at the gateway.</param>
/// <param name="Budget">US dollars; null: no limit.</param>
/// <param name="Period">After which time the budget is full again (<c>30d</c>); null: never.</param>
internal sealed record PersonalKeyRule(string MasterKey, decimal? Budget, string? Period)
{
    private const int KeyCharacters = 32;

    /// <summary>Null where people have no keys of their own: without the gateway, or without its master key. Start-up has checked the values.</summary>
    public static PersonalKeyRule? From(IConfiguration configuration, ModelEndpoint endpoint)
    {
        if (!endpoint.IsGateway || Read(configuration, "LITELLM_MASTER_KEY") is not { } master)
            return null;
        var budget = Read(configuration, LimitChecks.BudgetVariable) is { } dollars ? decimal.Parse(dollars, CultureInfo.InvariantCulture) : (decimal?)null;
        return new PersonalKeyRule(master, budget, budget is null ? null : Read(configuration, LimitChecks.PeriodVariable));
    }

    /// <summary>A gateway's key is <c>sk-</c> and URL-safe characters; this one has 192 random bits of HMAC-SHA256.</summary>
    public string KeyOf(string userId)
    {
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(MasterKey), Encoding.UTF8.GetBytes($"chatkit key of a person\n{userId}"));
        return $"sk-{Convert.ToBase64String(mac).Replace('+', '-').Replace('/', '_')[..KeyCharacters]}";
    }

    private static string? Read(IConfiguration configuration, string variable) => configuration[variable]?.Trim() is { Length: > 0 } value ? value : null;
}
