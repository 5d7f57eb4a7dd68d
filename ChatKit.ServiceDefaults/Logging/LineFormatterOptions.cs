using Microsoft.Extensions.Logging.Console;

namespace ChatKit.ServiceDefaults.Logging;

/// <summary>Colours only on a terminal whose owner wants them (https://no-color.org).</summary>
internal sealed class LineFormatterOptions : ConsoleFormatterOptions
{
    public bool Colors { get; set; } = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
