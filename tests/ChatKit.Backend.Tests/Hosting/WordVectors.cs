using System.Text.Json;
using System.Text.RegularExpressions;
using ChatKit.Testing.Upstream;

namespace ChatKit.Backend.Tests.Hosting;

/// <summary>An embedding model for tests: texts that share words are alike.</summary>
internal static partial class WordVectors
{
    private const int Dimensions = 256;

    public static Reply Reply(JsonElement request)
    {
        var data = request.GetProperty("input").EnumerateArray().Select((text, i) =>
            $$"""{"object":"embedding","index":{{i}},"embedding":"{{Base64(Of(text.GetString()!))}}" }""");
        return Replies.Json($$"""{"object":"list","data":[{{string.Join(',', data)}}],"model":"words","usage":{"prompt_tokens":1,"total_tokens":1} }""");
    }

    public static float[] Of(string text)
    {
        var vector = new float[Dimensions];
        foreach (Match word in Word().Matches(text.ToLowerInvariant()))
            vector[word.Value.Aggregate(7, (hash, character) => ((hash * 31) + character) & 0xFFFF) % Dimensions]++;
        return vector;
    }

    private static string Base64(float[] vector) => Convert.ToBase64String([.. vector.SelectMany(BitConverter.GetBytes)]);

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
