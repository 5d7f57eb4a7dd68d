using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>For whom somebody calls, as the spine needs to know it.</summary>
/// <param name="Account">What they may spend, and how fast.</param>
/// <param name="IsBlocked">Nobody may call for them.</param>
/// <param name="DefaultModel">The model that their calls go to, whatever was asked for; null: whatever was asked for.</param>
/// <param name="Region">The region that their calls stay in; null: any.</param>
internal sealed record KnownCustomer(Account Account, bool IsBlocked, string? DefaultModel, string? Region);
