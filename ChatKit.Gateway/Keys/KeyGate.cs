using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ChatKit.Gateway.Keys.Lookup;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys;

/// <summary>
/// Stage 1: who calls. With a master key, its holder and those of virtual keys; without one, whoever is on this machine, where a virtual key is
/// what it is all the same. In LiteLLM's order: blocked, expired, then
/// what the key, its team and its user may call.
/// </summary>
internal sealed class KeyGate(KeyHolders holders, TimeProvider time)
{
    private const string Prefix = "sk-";

    /// <summary>Admits the caller, or says why not.</summary>
    public ValueTask<Admitted> AdmitAsync(HttpContext http, GatewaySettings settings)
    {
        if (RouteGate.RefuseAll(http, settings.Keys) is { } closed) return new(closed);
        if (settings.MasterKey is null && LoopbackGuard.Refuse(http) is { } outsider) return new(outsider);
        var given = PresentedKey.Of(http.Request.Headers, settings.KeyHeaderName);
        if (given is null) return new(Check(http, settings, Nobody(settings, KeyErrors.Missing)));
        if (settings.MasterKey is { } master && IsSame(given, master.Reveal())) return new(Check(http, settings, Caller.Master));
        if (!given.StartsWith(Prefix, StringComparison.Ordinal)) return new(Check(http, settings, Nobody(settings, KeyErrors.NotAVirtualKey(given))));
        if (given.Length > KeyHash.LongestKey) return new(Check(http, settings, Nobody(settings, KeyErrors.Unknown(given))));
        var search = holders.FindAsync(KeyHash.Of(given));
        return search.IsCompletedSuccessfully ? new(Check(http, settings, Judge(settings, given, search.Result))) : WaitAsync(http, settings, given, search);
    }

    private async ValueTask<Admitted> WaitAsync(HttpContext http, GatewaySettings settings, string given, ValueTask<LookedUp<KnownKey>> search) =>
        Check(http, settings, Judge(settings, given, await search));

    private Admitted Judge(GatewaySettings settings, string given, LookedUp<KnownKey> looked)
    {
        if (looked.IsUnavailable) return Nobody(settings, settings.Keys.AdmitsUnknownWhileDown ? Caller.Unchecked : KeyErrors.Unchecked);
        if (looked.Found is not { } key) return Nobody(settings, KeyErrors.Unknown(given));
        if (key.Refusal is { } blocked) return blocked;
        if (key.ExpiresAt == DateTimeOffset.MaxValue || time.GetUtcNow() is var now && now < key.ExpiresAt) return key.Caller;
        return key.IsRetired ? KeyErrors.Unknown(given) : KeyErrors.Expired(key.ExpiresAt, now);
    }

    /// <summary>Who brings no key of ours: where none is asked for, somebody on this machine, whatever their client sends because it must send something.</summary>
    private static Admitted Nobody(GatewaySettings settings, Admitted otherwise) => settings.MasterKey is null ? Caller.Loopback : otherwise;

    /// <summary>Whether the route is for this caller; and, where there is none, whether it is for everybody.</summary>
    private static Admitted Check(HttpContext http, GatewaySettings settings, Admitted admitted)
    {
        if (admitted.Caller is null) return RouteGate.IsPublic(http, settings.Keys) ? Caller.Public : admitted;
        return RouteGate.Refuse(http, settings.Keys, admitted.Caller) is { } refused ? refused : admitted;
    }

    /// <summary>Where the first difference lies does not show in the time; the length may, and tells nobody the key.</summary>
    private static bool IsSame(string given, string expected) =>
        expected.Length > 0 && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(given.AsSpan()), MemoryMarshal.AsBytes(expected.AsSpan()));
}
