using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>
/// Reads one JSON object by name and type. What is absent or null reads as null; what is of the wrong kind reads as null too and is told in <see cref="Problems"/>, so
/// that one answer says all that is wrong.
/// </summary>
internal sealed partial class RequestFields(JsonElement members, string path = "", List<RequestProblem>? problems = null)
{
    private const int LongestText = 1024;
    private const int LongestId = 256;
    private const int MostTexts = 1000;
    private const int MostUnread = 20;
    private const decimal NanosPerDollar = 1_000_000_000m;
    private const decimal MostDollars = 1_000_000_000m;

    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement;

    private readonly List<RequestProblem> _problems = problems ?? [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>Of a request without a body.</summary>
    public static RequestFields None => new(Empty);

    /// <summary>All that was found wrong.</summary>
    public IReadOnlyList<RequestProblem> Problems => _problems;

    /// <summary>The members that nobody asked for and whose names can stand in a header, for that header.</summary>
    public string Unread => string.Join(", ", members.EnumerateObject().Select(static member => member.Name).Where(name => !_read.Contains(name) && HeaderSafe().IsMatch(name)).Take(MostUnread));

    /// <summary>The names of all members.</summary>
    public IEnumerable<string> Names => members.EnumerateObject().Select(static member => member.Name);

    /// <summary>Whether the member is there, be it as null: an update then sets it.</summary>
    public bool Has(string name)
    {
        _read.Add(name);
        return members.TryGetProperty(name, out _);
    }

    /// <summary>One line for people.</summary>
    public string? Text(string name) => Text(name, LongestText, StorableText.IsLine, "must be text on one line of at most 1024 characters");

    /// <summary>The name of a thing to be made, or of one that is.</summary>
    public string? Id(string name) =>
        Text(name, LongestId, StorableText.IsId, "must be text of 1 to 256 characters without control characters, quotes, backslashes, semicolons or angle brackets") is { } id
            ? id.Length > 0 ? id : Wrong<string>(name, "must not be empty")
            : null;

    /// <summary>The same, where the request makes no sense without.</summary>
    public string RequiredId(string name) => Id(name) ?? (_problems.Exists(problem => problem.Param == At(name)) ? "" : Wrong<string>(name, "is required") ?? "");

    public string RequiredText(string name) => Text(name) is { Length: > 0 } text ? text : _problems.Exists(problem => problem.Param == At(name)) ? "" : Wrong<string>(name, "is required") ?? "";

    /// <summary>One of a few words.</summary>
    public string? OneOf(string name, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text) return null;
        return words.Contains(text) ? text : Wrong<string>(name, $"must be one of {string.Join(", ", words)}");
    }

    /// <summary>Whether a list is there that holds texts rather than objects.</summary>
    public bool HoldsTexts(string name) =>
        Has(name) && members.GetProperty(name) is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.String);

    /// <summary>A list of lines.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > MostTexts || value.EnumerateArray().Any(static item => item.ValueKind is not JsonValueKind.String))
            return Wrong<IReadOnlyList<string>>(name, $"must be a list of at most {MostTexts} texts");
        var texts = value.EnumerateArray().Select(static item => item.GetString()!).ToList();
        return texts.TrueForAll(static text => text.Length <= LongestText && StorableText.IsLine(text)) ? texts : Wrong<IReadOnlyList<string>>(name, "must hold texts on one line of at most 1024 characters");
    }

    /// <summary>At least one, where the request makes no sense without.</summary>
    public IReadOnlyList<string> RequiredTexts(string name) =>
        Texts(name) is { Count: > 0 } texts ? texts : _problems.Exists(problem => problem.Param == At(name)) ? [] : Wrong<IReadOnlyList<string>>(name, "must be a list with at least one text") ?? [];

    /// <summary>US dollars, as billionths.</summary>
    public long? Dollars(string name)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var dollars) && dollars is >= 0 and <= MostDollars
            ? (long)decimal.Round(dollars * NanosPerDollar)
            : Wrong<long?>(name, "must be a number of US dollars from 0 to 1000000000");
    }

    public int? Count(string name, int minimum = 0)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var count) && count >= minimum ? count : Wrong<int?>(name, $"must be a whole number of at least {minimum}");
    }

    /// <summary>A number of tokens, which may be beyond a 32-bit one.</summary>
    public long? LargeCount(string name)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var count) && count >= 0 ? count : Wrong<long?>(name, "must be a whole number of at least 0");
    }

    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Wrong<bool?>(name, "must be true or false"),
    };

    /// <summary>An object of which only others know what it holds.</summary>
    public string? Json(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => value.GetRawText(),
        _ => Wrong<string>(name, "must be an object"),
    };

    public bool IsObject(string name) => Find(name) is { ValueKind: JsonValueKind.Object };

    /// <summary>A member as it was sent, whose inside has been read.</summary>
    public string? Raw(string name) => Find(name)?.GetRawText();

    public RequestFields? Section(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new RequestFields(value, At(name), _problems),
        _ => Wrong<RequestFields>(name, "must be an object"),
    };

    /// <summary>A list of objects; a single one stands for a list of one.</summary>
    public IReadOnlyList<RequestFields> Sections(string name)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind is JsonValueKind.Object) return [new RequestFields(value, At(name), _problems)];
        if (value.ValueKind is JsonValueKind.Array && value.GetArrayLength() <= MostTexts && value.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.Object))
            return [.. value.EnumerateArray().Select((item, index) => new RequestFields(item, $"{At(name)}[{index}]", _problems))];
        return Wrong<IReadOnlyList<RequestFields>>(name, "must be an object or a list of objects") ?? [];
    }

    /// <summary>The member as it stands, for somebody else to read; nothing where it is not there.</summary>
    public void CopyTo(Utf8JsonWriter writer, string name)
    {
        if (!Has(name)) return;
        writer.WritePropertyName(name);
        members.GetProperty(name).WriteTo(writer);
    }

    /// <summary>Says what is wrong with a member that is of the right kind.</summary>
    public T? Wrong<T>(string name, string message)
    {
        _problems.Add(new RequestProblem(message, At(name)));
        return default;
    }

    private string? Text(string name, int longest, Func<string, bool> isValid, string expected)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind is JsonValueKind.String && value.GetString() is { } text && text.Length <= longest && isValid(text) ? text : Wrong<string>(name, expected);
    }

    private JsonElement? Find(string name) => Has(name) && members.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value : null;

    private string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,64}$")]
    private static partial Regex HeaderSafe();
}
