using ChatKit.ServiceDefaults.Configuration;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>Where the gateway listens, and where others look for it.</summary>
internal static class GatewayChecks
{
    public const string SpendJournal = "CHATKIT_SPEND_JOURNAL";

    public static Finding Journal(VariableReading folder) => folder.Value switch
    {
        null => folder.Ok("not set: beside the SQLite file, or in data/spend"),
        var path when File.Exists(path) => folder.Invalid("names a file, not a folder"),
        _ => folder.Ok("set"),
    };

    public static Finding Port(VariableReading port)
    {
        if (GatewayPort.Read(port.Configuration) is not { } number)
            return port.Invalid("is not a port number");
        return port.Value is null ? port.Ok($"not set: {number}") : port.Ok("set");
    }

    /// <summary>On this machine it must be the port that the gateway takes.</summary>
    public static Finding Address(VariableReading address)
    {
        if (address.Value is null)
            return address.Ok($"not set: http://127.0.0.1 and {GatewayPort.Variable}, or what an orchestrator injects");
        if (Parse(address.Value) is not { } uri)
            return address.Invalid("is not an http(s) address");
        return uri.IsLoopback && GatewayPort.Read(address.Configuration) is { } port && uri.Port != port
            ? address.Warn($"names another port than {GatewayPort.Variable}")
            : address.Ok("set");
    }

    public static Finding OptionalAddress(VariableReading address)
    {
        if (address.Value is null)
            return address.Ok("not set: the provider's own address is used");
        return Parse(address.Value) is null ? address.Invalid("is not an http(s) address") : address.Ok("set");
    }

    public static Finding ConfigFile(VariableReading path)
    {
        if (path.Value is null)
            return path.Ok("not set: every provider whose key is set is served under its own name, such as openai/*");
        return File.Exists(path.Value) ? path.Ok("set") : path.Invalid("names a file that is not there");
    }

    private static Uri? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
}
