using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Configuration;

/// <summary><c>LITELLM_PORT</c>: where the gateway listens, and where the others look for it.</summary>
public static class GatewayPort
{
    /// <summary>The variable's name.</summary>
    public const string Variable = "LITELLM_PORT";

    /// <summary>The port where the variable is not set.</summary>
    public const int Default = 4000;

    internal static readonly VariableProblem Problem = new(Variable, "is not a port number");

    /// <summary>The port; null when the variable holds something else.</summary>
    public static int? Read(IConfiguration configuration)
    {
        var text = configuration[Variable]?.Trim();
        if (string.IsNullOrEmpty(text))
            return Default;
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : null;
    }
}
