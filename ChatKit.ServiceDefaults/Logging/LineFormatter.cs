using System.Globalization;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ChatKit.ServiceDefaults.Logging;

/// <summary>
/// One line per event: time, level, the last part of the category, message; what an exception has to say stands below it.
/// <code>14:03:27 warn  ConfigReloader  config.yaml is not valid, the old one stays: …</code>
/// </summary>
internal sealed class LineFormatter(TimeProvider time, IOptionsMonitor<LineFormatterOptions> options) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";
    private const string Indent = "               ";
    private const string Reset = "\e[0m";
    private const string Dim = "\e[2m";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (IsToldOtherwise(entry.Category, entry.Exception))
            return;
        var message = entry.Formatter(entry.State, entry.Exception);
        if (string.IsNullOrEmpty(message) && entry.Exception is null)
            return;
        var (level, color) = Describe(entry.LogLevel);
        var now = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var category = entry.Category[(entry.Category.LastIndexOf('.') + 1)..];
        textWriter.WriteLine(options.CurrentValue.Colors
            ? $"{Dim}{now}{Reset} {color}{level}{Reset} {Dim}{category}{Reset}  {Tame(message)}"
            : $"{now} {level} {category}  {Tame(message)}");
        if (entry.Exception is not null)
            textWriter.WriteLine($"{Indent}{Tame(Describe(entry.Exception, entry.LogLevel))}");
    }

    /// <summary>A stack trace is for errors, which are bugs; a warning is about the world, whose message says enough.</summary>
    private static string Describe(Exception exception, LogLevel level) =>
        level >= LogLevel.Error ? exception.ToString() : $"{exception.GetType().Name}: {exception.Message}";

    /// <summary>
    /// The host logs what kept it from starting. ServiceHost tells that to the person in front of the screen, without a stack trace; and who
    /// pressed Ctrl-C meanwhile knows.
    /// </summary>
    private static bool IsToldOtherwise(string category, Exception? exception) =>
        exception is StartupException || (exception is OperationCanceledException && category == HostCategory);

    /// <summary>
    /// Messages hold text from outside. What follows a line break is indented, so that it cannot look like another event, and nothing may
    /// steer the terminal.
    /// </summary>
    private static string Tame(string message) => message.AsSpan().ContainsAnyInRange('\0', '\x1f')
        ? string.Join(Environment.NewLine + Indent, message.ReplaceLineEndings("\n").Split('\n').Select(Printable))
        : message;

    private static string Printable(string line) => string.Create(line.Length, line, static (printable, text) =>
    {
        for (var i = 0; i < printable.Length; i++)
            printable[i] = char.IsControl(text[i]) ? ' ' : text[i];
    });

    private static (string Name, string Color) Describe(LogLevel level) => level switch
    {
        LogLevel.Trace => ("trace", Dim),
        LogLevel.Debug => ("debug", Dim),
        LogLevel.Information => ("info ", "\e[32m"),
        LogLevel.Warning => ("warn ", "\e[33m"),
        LogLevel.Error => ("error", "\e[31m"),
        _ => ("fatal", "\e[1;31m"),
    };
}
