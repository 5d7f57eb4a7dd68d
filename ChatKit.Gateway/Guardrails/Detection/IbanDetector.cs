using System.Collections.Frozen;

namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>Account numbers by ISO 13616, with the length of their country and a checksum that is right: <c>DE89 3704 0044 0532 0130 00</c>.</summary>
internal sealed class IbanDetector() : RunDetector(Capitals, Capitals + Digits + " ", longest: 42)
{
    /// <summary>https://www.swift.com/standards/data-standards/iban-international-bank-account-number, registry release 99.</summary>
    private static readonly FrozenDictionary<string, int> Lengths = Read(
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 " +
        "GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 " +
        "PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

    protected override bool MayBegin(ReadOnlySpan<char> run) =>
        (run.Length < 2 || char.IsAsciiLetterUpper(run[1])) && (run.Length < 3 || char.IsAsciiDigit(run[2])) && (run.Length < 4 || char.IsAsciiDigit(run[3]))
        && (run.Length < 2 || Lengths.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(run[..2]));

    protected override int Match(ReadOnlySpan<char> run, char after)
    {
        if (run.Length < 4 || !Lengths.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(run[..2], out var expected)) return 0;
        Span<char> number = stackalloc char[34];
        var count = 0;
        for (var i = 0; i < run.Length; i++)
        {
            if (run[i] == ' ')
            {
                if (i + 1 == run.Length || run[i + 1] == ' ') return 0;
                continue;
            }

            number[count++] = run[i];
            if (count < expected) continue;
            return !char.IsLetterOrDigit(i + 1 < run.Length ? run[i + 1] : after) && IsValid(number[..count]) ? i + 1 : 0;
        }

        return 0;
    }

    /// <summary>ISO 7064, modulo 97: the first four characters behind the others, letters as 10 to 35.</summary>
    public static bool IsValid(ReadOnlySpan<char> number)
    {
        var remainder = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var c = number[(i + 4) % number.Length];
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + (c - '0')) % 97 : ((remainder * 100) + (c - 'A' + 10)) % 97;
        }

        return remainder == 1;
    }

    private static FrozenDictionary<string, int> Read(string registry) => registry.Split(' ').ToFrozenDictionary(static entry => entry[..2], static entry => int.Parse(entry.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture));
}
