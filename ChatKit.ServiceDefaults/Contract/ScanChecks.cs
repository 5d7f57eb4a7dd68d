using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>What becomes of files that people upload.</summary>
public static class ScanChecks
{
    public const string Address = "CHATKIT_SCAN_URL";
    public const string Token = "CHATKIT_SCAN_TOKEN";
    public const string Timeout = "CHATKIT_SCAN_TIMEOUT";
    public const string Failure = "CHATKIT_SCAN_FAILURE";
    public const string Hours = "CHATKIT_UPLOAD_HOURS";
    public const string Allow = "allow";

    /// <summary>Files that no message took after this many hours are deleted, unless <see cref="Hours"/> says otherwise.</summary>
    public const int DefaultHours = 24;

    private const string Deny = "deny";

    internal static Finding Url(VariableReading address) => address.Ok(address.Value is null ? "not set: files are not scanned for viruses" : "set: every file is scanned");

    internal static Finding Secret(VariableReading token) => token.Ok(token.Value is null ? "not set" : "set");

    internal static Finding Seconds(VariableReading seconds) => seconds.Ok(seconds.Value is null ? "not set: 30 seconds" : "set");

    internal static Finding Unseen(VariableReading choice) =>
        choice.Value == Allow ? choice.Warn("files that could not be scanned are kept") : choice.Ok("files that could not be scanned are refused");

    internal static Finding KeptFor(VariableReading hours) => hours.Ok(hours.Value is null ? $"not set: {DefaultHours} hours" : "set");

    internal static IEnumerable<VariableProblem> Backend(IConfiguration configuration)
    {
        if (Given(configuration, Address) is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return new(Address, "is not an http(s) address");
        if (Given(configuration, Timeout) is { } seconds && !IsNumber(seconds, most: 600))
            yield return new(Timeout, "is not a number of seconds from 1 to 600");
        if (Given(configuration, Failure) is { } choice && choice is not (Allow or Deny))
            yield return new(Failure, $"is neither {Deny} nor {Allow}");
    }

    internal static IEnumerable<VariableProblem> Worker(IConfiguration configuration)
    {
        if (Given(configuration, Hours) is { } hours && !IsNumber(hours, most: 24 * 365))
            yield return new(Hours, "is not a number of hours from 1 to 8760");
    }

    private static bool IsNumber(string text, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most;

    private static string? Given(IConfiguration configuration, string variable) => configuration[variable]?.Trim() is { Length: > 0 } value ? value : null;
}
