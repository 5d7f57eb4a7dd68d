using System.Globalization;

namespace ChatKit.Backend.Streams;

/// <summary>The <c>id:</c> of an event that can be resumed from: the stream's and the event's number, <c>str_…:17</c>.</summary>
internal readonly record struct EventId(string Stream, long Number)
{
    private const int Longest = 96;

    public static bool TryParse(string? text, out EventId id)
    {
        id = default;
        if (text is not { Length: > 0 and <= Longest } || text.LastIndexOf(':') is not (> 0 and var colon)) return false;
        if (!long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        id = new EventId(text[..colon], number);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stream}:{Number}");
}
