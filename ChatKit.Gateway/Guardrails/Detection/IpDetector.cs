using System.Net;
using System.Net.Sockets;

namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>IPv4 addresses, four numbers up to 255.</summary>
internal sealed class Ipv4Detector() : RunDetector(Digits, Digits + ".", longest: 16)
{
    protected override bool MayFollow(char before) => !char.IsLetterOrDigit(before) && before != '.';

    protected override int Match(ReadOnlySpan<char> run, char after)
    {
        var address = run.TrimEnd('.');
        if (address.Length == run.Length && char.IsLetterOrDigit(after)) return 0;
        var (numbers, value, length) = (0, 0, 0);
        foreach (var c in address)
        {
            if (c == '.')
            {
                if (length == 0) return 0;
                (numbers, value, length) = (numbers + 1, 0, 0);
                continue;
            }

            value = (value * 10) + (c - '0');
            if (++length > 3 || value > 255) return 0;
        }

        return numbers == 3 && length > 0 ? address.Length : 0;
    }
}

/// <summary>IPv6 addresses in all their spellings (RFC 4291 §2.2).</summary>
internal sealed class Ipv6Detector() : RunDetector(Hex + ":", Hex + ":.", longest: 46)
{
    private const string Hex = Digits + "abcdefABCDEF";

    protected override bool MayFollow(char before) => !char.IsLetterOrDigit(before) && before is not (':' or '.');

    /// <summary>At most four digits before the first colon: most words of text are none.</summary>
    protected override bool MayBegin(ReadOnlySpan<char> run) => run[0] == ':' ? run.Length < 2 || run[1] == ':' : run.Length < 5 || run[..5].Contains(':');

    protected override int Match(ReadOnlySpan<char> run, char after)
    {
        var address = run.TrimEnd('.');
        if (address.EndsWith(":") && !address.EndsWith("::")) address = address[..^1];
        if (address.Length == run.Length && char.IsLetterOrDigit(after)) return 0;
        return address.Count(':') >= 2 && address.Length > 2 && IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily is AddressFamily.InterNetworkV6 ? address.Length : 0;
    }
}
