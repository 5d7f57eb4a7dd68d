using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatKit.Backend.Tests.Vectors;

/// <summary>The pattern language of the vectors: see <c>README.md</c> beside the cases. What does not match is said with its path.</summary>
internal sealed class Pattern(Dictionary<string, string> bound)
{
    /// <summary>Null where it matches; else what differs.</summary>
    public string? Mismatch(JsonNode? expected, JsonNode? actual, bool present = true, string path = "$") => expected switch
    {
        JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.String => Text(value.GetValue<string>(), actual, present, path),
        _ when !present => $"{path} is missing",
        null => actual is null ? null : $"{path} is {actual.ToJsonString()}, not null",
        JsonObject description when IsArrayDescription(description) => Described(description, actual, path),
        JsonObject members when members.ContainsKey("$exact") => Exact(members["$exact"]!.AsObject(), actual, path),
        JsonObject members => Members(members, actual, path),
        JsonArray entries => Entries(entries, actual, path),
        _ => JsonNode.DeepEquals(expected, actual) ? null : $"{path} is {actual?.ToJsonString() ?? "null"}, not {expected.ToJsonString()}",
    };

    /// <summary>Puts the remembered values in: what is sent to the server, or played by a script.</summary>
    public string Fill(string text) => bound.Aggregate(text, (filled, value) => filled.Replace($"{{{{{value.Key}}}}}", value.Value, StringComparison.Ordinal));

    private string? Text(string expected, JsonNode? actual, bool present, string path)
    {
        if (expected == "$absent")
            return present ? $"{path} is there: {actual?.ToJsonString()}" : null;
        if (!present)
            return $"{path} is missing";
        if (expected == "$any")
            return null;
        if (expected == "$object")
            return actual is JsonObject ? null : $"{path} is no object";
        var text = actual is JsonValue value && value.TryGetValue<string>(out var given) ? given : null;
        if (expected.StartsWith("$bind:", StringComparison.Ordinal))
        {
            if (text is null)
                return $"{path} is no string to remember";
            bound[expected["$bind:".Length..]] = text;
            return null;
        }

        var matches = expected switch
        {
            "$datetime" => text is not null && text.EndsWith('Z')
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _),
            "$url" => text is not null && (text.StartsWith("http://", StringComparison.Ordinal)
                || text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("data:", StringComparison.Ordinal)),
            _ when expected.StartsWith("$any_of:", StringComparison.Ordinal) => expected["$any_of:".Length..].Split('|').Contains(text),
            _ => text == Fill(expected),
        };
        return matches ? null : $"{path} is {actual?.ToJsonString() ?? "null"}, not {Fill(expected)}";
    }

    private string? Members(JsonObject expected, JsonNode? actual, string path)
    {
        if (actual is not JsonObject given)
            return $"{path} is no object";
        return expected.Select(member =>
        {
            var present = given.TryGetPropertyValue(member.Key, out var value);
            return Mismatch(member.Value, value, present, $"{path}.{member.Key}");
        }).FirstOrDefault(difference => difference is not null);
    }

    private string? Exact(JsonObject expected, JsonNode? actual, string path) =>
        actual is JsonObject given && given.FirstOrDefault(member => !expected.ContainsKey(member.Key)) is { Key: { } extra }
            ? $"{path}.{extra} should not be there"
            : Members(expected, actual, path);

    private string? Entries(JsonArray expected, JsonNode? actual, string path)
    {
        if (actual is not JsonArray given)
            return $"{path} is no array";
        if (given.Count != expected.Count)
            return $"{path} has {given.Count} entries, not {expected.Count}: {given.ToJsonString()}";
        return expected.Select((entry, i) => Mismatch(entry, given[i], true, $"{path}[{i}]")).FirstOrDefault(difference => difference is not null);
    }

    private static bool IsArrayDescription(JsonObject pattern) =>
        pattern.Any(member => member.Key is "$length" or "$min_length" or "$max_length" or "$first" or "$last" or "$ordered_by");

    private string? Described(JsonObject expected, JsonNode? actual, string path)
    {
        if (actual is not JsonArray given)
            return $"{path} is no array";
        return expected.Select(rule => rule.Key switch
        {
            "$length" => given.Count == rule.Value!.GetValue<int>() ? null : $"{path} has {given.Count} entries, not {rule.Value}",
            "$min_length" => given.Count >= rule.Value!.GetValue<int>() ? null : $"{path} has only {given.Count} entries",
            "$max_length" => given.Count <= rule.Value!.GetValue<int>() ? null : $"{path} has {given.Count} entries",
            "$first" => Mismatch(rule.Value, given[0], true, $"{path}[0]"),
            "$last" => Mismatch(rule.Value, given[^1], true, $"{path}[^1]"),
            "$ordered_by" => Ordered(rule.Value!.GetValue<string>().Split(' '), given) ? null : $"{path} is not ordered by {rule.Value}: {string.Join(" ", given.Select(e => e!["created_at"]))}",
            _ => $"unknown rule {rule.Key}",
        }).FirstOrDefault(difference => difference is not null);
    }

    private static bool Ordered(string[] rule, JsonArray given)
    {
        var keys = given.Select(entry => entry![rule[0]]!.GetValue<string>()).ToList();
        var sorted = rule[1] == "asc" ? keys.Order(StringComparer.Ordinal) : keys.OrderDescending(StringComparer.Ordinal);
        return keys.SequenceEqual(sorted);
    }
}
