using Spectre.Console;

namespace ChatKit.Cli;

/// <summary>Standard output for tables.</summary>
internal static class Terminal
{
    private const int PipeWidth = 200;

    /// <summary>Into a pipe or a file no line is folded: programs read it line by line.</summary>
    public static IAnsiConsole Output()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            console.Profile.Width = PipeWidth;
        return console;
    }
}
