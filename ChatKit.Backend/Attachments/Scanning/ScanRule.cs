using System.Globalization;
using ChatKit.ServiceDefaults.Contract;

namespace ChatKit.Backend.Attachments.Scanning;

/// <summary>Who looks at every uploaded file before it is kept, and what holds where no answer comes.</summary>
/// <param name="Address">The scanner's webhook.</param>
/// <param name="Token">Shows the scanner who asks; null where it does not ask for that.</param>
/// <param name="Patience">How long it may look.</param>
/// <param name="AllowsUnseen">Whether a file is kept that could not be looked at; as a rule it is not.</param>
internal sealed record ScanRule(Uri Address, string? Token, TimeSpan Patience, bool AllowsUnseen)
{
    private const int DefaultSeconds = 30;

    /// <summary>Null where no scanner is set. Start-up has checked the values.</summary>
    public static ScanRule? From(IConfiguration configuration)
    {
        if (Read(configuration, ScanChecks.Address) is not { } address)
            return null;
        var seconds = Read(configuration, ScanChecks.Timeout) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : DefaultSeconds;
        return new ScanRule(new Uri(address), Read(configuration, ScanChecks.Token), TimeSpan.FromSeconds(seconds), Read(configuration, ScanChecks.Failure) == ScanChecks.Allow);
    }

    private static string? Read(IConfiguration configuration, string variable) => configuration[variable]?.Trim() is { Length: > 0 } value ? value : null;
}
