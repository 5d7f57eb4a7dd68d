namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>Payment cards: 13 to 19 digits, in groups or not, whose check digit is right (ISO/IEC 7812-1, the Luhn formula).</summary>
internal sealed class CardDetector() : RunDetector(Digits, Digits + " -", longest: 38)
{
    protected override bool MayBegin(ReadOnlySpan<char> run) => run[0] is >= '2' and <= '6';

    protected override int Match(ReadOnlySpan<char> run, char after)
    {
        Span<int> digits = stackalloc int[19];
        var (count, length) = (0, 0);
        for (var i = 0; i < run.Length; i++)
        {
            if (!char.IsAsciiDigit(run[i]))
            {
                // One separator between two groups.
                if (i + 1 == run.Length || !char.IsAsciiDigit(run[i + 1])) break;
                continue;
            }

            if (count == digits.Length) break;
            digits[count++] = run[i] - '0';
            var next = i + 1 < run.Length ? run[i + 1] : after;
            if (count >= 13 && !char.IsLetterOrDigit(next) && IsLuhn(digits[..count])) length = i + 1;
        }

        return length;
    }

    /// <summary>https://en.wikipedia.org/wiki/Luhn_algorithm</summary>
    public static bool IsLuhn(ReadOnlySpan<int> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)];
            sum += i % 2 == 0 ? digit : digit < 5 ? digit * 2 : (digit * 2) - 9;
        }

        return sum % 10 == 0;
    }
}
