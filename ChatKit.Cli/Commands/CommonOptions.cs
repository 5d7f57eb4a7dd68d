using System.CommandLine;

namespace ChatKit.Cli.Commands;

/// <summary>Options that several commands have, as people know them from <c>litellm</c>.</summary>
internal static class CommonOptions
{
    public static Option<string?> Config() => new("--config", "-c")
    {
        Description = "The gateway's config.yaml (else CONFIG_FILE_PATH; else every provider whose key is set).",
        HelpName = "file",
    };

    public static Option<int?> Port() => PortOption("--port", "The gateway's port (else LITELLM_PORT; else 4000).");

    public static Option<string> Host() => new("--host")
    {
        Description = "The address to listen on: an IP address or localhost.",
        HelpName = "address",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    public static Option<int?> PortOption(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "port" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var port) && port is < 0 or > ushort.MaxValue)
                result.AddError($"{name} must be a port number, 0 to {ushort.MaxValue} (0: any free port).");
        });
        return option;
    }
}
