using System.Runtime.CompilerServices;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys;

/// <summary>
/// Stage 1: who calls. With a master key, its holder and nobody else; without one, whoever is on this machine.
/// </summary>
internal static class KeyGate
{
    /// <summary>Admits the caller, or says why not.</summary>
    public static GatewayError? Admit(HttpContext http, GatewaySettings settings, out Caller? caller)
    {
        caller = null;
        if (settings.MasterKey is not { } master)
        {
            if (LoopbackGuard.Refuse(http) is { } outsider) return outsider;
            caller = Caller.Loopback;
            return null;
        }

        var given = PresentedKey.Of(http.Request.Headers, settings.KeyHeaderName);
        if (given is null) return KeyErrors.Missing;
        if (!IsSame(given, master.Reveal())) return given.StartsWith("sk-", StringComparison.Ordinal) ? KeyErrors.Unknown(given) : KeyErrors.NotAVirtualKey(given);
        caller = Caller.Master;
        return null;
    }

    /// <summary>
    /// Takes time by the length of what was given and by nothing else, so that neither the key's length nor the first difference shows. No optimisation may
    /// find a way out of the loop.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static bool IsSame(string given, string expected)
    {
        if (expected.Length == 0) return false;
        var difference = given.Length ^ expected.Length;
        for (int at = 0, against = 0; at < given.Length; at++)
        {
            difference |= given[at] ^ expected[against];
            against = against + 1 < expected.Length ? against + 1 : 0;
        }

        return difference == 0;
    }
}
