using Spectre.Console;

namespace ChatKit.Cli;

/// <summary>Standard output for tables.</summary>
internal static class Terminal
{
    private const int PipeWidth = 200;

    /// <summary>Into a pipe or a file goes plain text, and no line is folded: programs read it line by line.</summary>
    public static IAnsiConsole Output()
    {
        if (!Console.IsOutputRedirected)
            return AnsiConsole.Console;
        var plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        plain.Profile.Width = PipeWidth;
        return plain;
    }
}
