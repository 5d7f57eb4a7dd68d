using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatKit.Worker.Jobs.ThreadTitle;

/// <summary>Makes one short line of what a model or a user wrote.</summary>
internal static partial class TitleText
{
    private const int Longest = 80;
    private const int WordsOfQuestion = 6;

    /// <summary>An answer longer than this is not a title, but an answer to the conversation.</summary>
    private const int WordsOfTitle = 14;

    private const string Quotes = "\"'`´‘’‚‛“”„‟«»‹›「」『』《》";

    /// <summary>The model's title without its decoration; null where it gave none.</summary>
    public static string? FromAnswer(string answer)
    {
        var line = Reasoning().Replace(answer, "").Split('\n').Select(Plain).FirstOrDefault(text => text.Length > 0) ?? "";
        var title = Label().Replace(line, "").Trim([' ', '*', '_', .. Quotes]).TrimEnd('.', '。', ' ').Trim([.. Quotes]);
        return title.Length == 0 || title.Split(' ').Length > WordsOfTitle ? null : Shorten(title, Longest);
    }

    /// <summary>The first words of the user's message.</summary>
    public static string FromQuestion(string question)
    {
        var words = Plain(question).Split(' ');
        var title = string.Join(' ', words.Take(WordsOfQuestion));
        return Shorten(words.Length > WordsOfQuestion ? title + "…" : title, Longest);
    }

    /// <summary>Cuts between characters as people see them, at a word's end where one is near.</summary>
    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var starts = StringInfo.ParseCombiningCharacters(text);
        var cut = starts.Last(start => start < longest);
        var space = text.LastIndexOf(' ', cut);
        return text[..(space > longest / 2 ? space : cut)].TrimEnd() + "…";
    }

    /// <summary>One line, single spaces, no control characters, no Markdown in front.</summary>
    private static string Plain(string text) => Blanks().Replace(text, " ").Trim().TrimStart('#', '>', '-', '*', ' ').Trim();

    /// <summary>White space, control characters, and marks that would reverse the text around the title.</summary>
    [GeneratedRegex(@"[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(title|titre|titel|título|titolo)\s*:\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    /// <summary>Some open models think aloud in the answer itself.</summary>
    [GeneratedRegex(@"<think>.*?(</think>|\z)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Reasoning();
}
