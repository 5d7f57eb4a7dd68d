namespace ChatKit.Backend.Agent;

/// <summary>Shows a text that nobody vouches for in Markdown as what it is: code, whatever it holds.</summary>
internal static class CodeFence
{
    public static string Around(string text, int longest)
    {
        var shown = text.Length <= longest ? text : text[..longest] + "…";
        var fence = new string('`', Math.Max(3, LongestRun(shown) + 1));
        return $"{fence}\n{shown}\n{fence}";
    }

    /// <summary>For a name within a sentence.</summary>
    public static string Inline(string name) => $"`{name.Replace('`', '\'').ReplaceLineEndings(" ")}`";

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
