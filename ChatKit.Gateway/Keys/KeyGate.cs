using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys;

/// <summary>
/// Stage 1: who calls. With a master key, its holder and nobody else; without one, whoever is on this machine.
/// </summary>
internal sealed class KeyGate
{
    /// <summary>Admits the caller, or says why not.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Virtual keys come out of a cache, which this gate has.")]
    public ValueTask<Admitted> AdmitAsync(HttpContext http, GatewaySettings settings) => ValueTask.FromResult(Admit(http, settings));

    private static Admitted Admit(HttpContext http, GatewaySettings settings)
    {
        if (settings.MasterKey is not { } master)
        {
            if (LoopbackGuard.Refuse(http) is { } outsider) return outsider;
            return Caller.Loopback;
        }

        var given = PresentedKey.Of(http.Request.Headers, settings.KeyHeaderName);
        if (given is null) return KeyErrors.Missing;
        if (IsSame(given, master.Reveal())) return Caller.Master;
        return given.StartsWith("sk-", StringComparison.Ordinal) ? KeyErrors.Unknown(given) : KeyErrors.NotAVirtualKey(given);
    }

    /// <summary>Where the first difference lies does not show in the time; the length may, and tells nobody the key.</summary>
    private static bool IsSame(string given, string expected) =>
        expected.Length > 0 && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(given.AsSpan()), MemoryMarshal.AsBytes(expected.AsSpan()));
}
