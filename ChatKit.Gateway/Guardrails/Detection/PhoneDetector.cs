namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>
/// Telephone numbers that look like some: with a country (<c>+49 170 1234567</c>, <c>0033 1 23 45 67 89</c>, 8 to 15 digits by ITU-T E.164), with an area and a
/// separator (<c>089/1234567</c>, <c>01 23 45 67 89</c>), or as in North America (<c>(555) 123-4567</c>). A bare row of digits is none, nor is a date.
/// </summary>
internal sealed class PhoneDetector() : RunDetector(Digits + "+(", Digits + " -./()+", longest: 30)
{
    protected override bool MayFollow(char before) => !char.IsLetterOrDigit(before) && before is not ('+' or '.' or '/' or '=' or '#');

    protected override bool MayBegin(ReadOnlySpan<char> run) => run[0] != '+' || run.Length < 2 || char.IsAsciiDigit(run[1]) || run[1] == '(';

    protected override int Match(ReadOnlySpan<char> run, char after)
    {
        Span<char> groups = stackalloc char[run.Length];
        var (digits, length, groupCount) = (0, 0, 0);
        for (var i = 0; i < run.Length; i++)
        {
            if (run[i] == '+' && i > 0) break;
            if (!char.IsAsciiDigit(run[i]))
            {
                // At most two separators in a row: ") " or " (".
                if (i + 2 < run.Length && !char.IsAsciiDigit(run[i + 1]) && !char.IsAsciiDigit(run[i + 2])) break;
                continue;
            }

            digits++;
            if (i == 0 || !char.IsAsciiDigit(run[i - 1])) groupCount++;
            groups[groupCount - 1] = (char)(i == 0 || !char.IsAsciiDigit(run[i - 1]) ? 1 : groups[groupCount - 1] + 1);
            var next = i + 1 < run.Length ? run[i + 1] : after;
            if (!char.IsLetterOrDigit(next) && IsNumber(run, digits, groups[..groupCount])) length = i + 1;
        }

        return length;
    }

    private static bool IsNumber(ReadOnlySpan<char> run, int digits, ReadOnlySpan<char> groups)
    {
        if (run[0] == '+') return digits is >= 8 and <= 15;
        if (run.StartsWith("00") && run.Length > 2 && run[2] is >= '1' and <= '9') return digits is >= 10 and <= 17;
        if (run[0] == '0') return digits is >= 9 and <= 12 && groups.Length >= 2;
        // (555) 123-4567, 555-123-4567, 1 555 123 4567
        var area = groups.Length == 4 && groups[0] == 1 && run[0] == '1' ? groups[1..] : groups;
        return area.Length == 3 && area[0] == 3 && area[1] == 3 && area[2] == 4;
    }
}
