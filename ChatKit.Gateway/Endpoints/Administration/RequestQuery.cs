using System.Globalization;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Endpoints.Administration;

/// <summary>Reads the query of an administrative request by name and type, as <see cref="RequestFields"/> reads a body.</summary>
internal sealed class RequestQuery(IQueryCollection query)
{
    private readonly List<GatewayError> _problems = [];

    public GatewayError? Problem => _problems.FirstOrDefault();

    /// <summary>One line; null where absent or empty.</summary>
    public string? Text(string name) => query[name] is [{ Length: > 0 } text] ? text : null;

    public string RequiredText(string name) => Text(name) ?? Wrong(name, "is required", "");

    public bool Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        _ => Wrong(name, "must be true or false", false),
    };

    public int WholeNumber(string name, int absent, int minimum, int maximum)
    {
        if (Text(name) is not { } text) return absent;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : Wrong(name, $"must be a whole number from {minimum} to {maximum}", absent);
    }

    /// <summary><c>page</c> from 1, and <c>page_size</c>.</summary>
    public (int Page, int Size) Page(int size) => (WholeNumber("page", 1, 1, 1_000_000), WholeNumber("page_size", size, 1, 100));

    /// <summary>A date or an instant in UTC: <c>2026-11-23</c>, <c>2026-11-23 12:00:00</c> or with a <c>T</c>.</summary>
    public DateTime? Instant(string name)
    {
        if (Text(name) is not { } text) return null;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : Wrong<DateTime?>(name, "must be a date such as 2026-11-23", null);
    }

    /// <summary>One of a few words.</summary>
    public string OneOf(string name, string absent, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text) return absent;
        return words.Contains(text) ? text : Wrong(name, $"must be one of {string.Join(", ", words)}", absent);
    }

    /// <summary>Refuses what no route has a use for: a parameter given twice, and one whose text is not a line.</summary>
    public static GatewayError? Check(HttpRequest request)
    {
        foreach (var (name, values) in request.Query)
        {
            if (!StorableText.IsLine(name)) return RequestErrors.Invalid("query", "has a parameter whose name holds control characters");
            if (values.Count > 1) return RequestErrors.Invalid(name, "is given more than once");
            if (values.Count == 1 && !StorableText.IsLine(values[0] ?? "")) return RequestErrors.Invalid(name, "holds control characters");
        }

        return null;
    }

    private T Wrong<T>(string name, string message, T value)
    {
        _problems.Add(RequestErrors.Invalid(name, message));
        return value;
    }
}
