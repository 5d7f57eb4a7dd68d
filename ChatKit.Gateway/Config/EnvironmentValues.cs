namespace ChatKit.Gateway.Config;

/// <summary>
/// Environment variables as the gateway's configuration sees them: those of the file's <c>environment_variables</c> first, since LiteLLM exports
/// them over the process's own; then <see cref="IConfiguration"/>, where the process environment stands above <c>.env</c>. Empty means not set.
/// </summary>
internal sealed class EnvironmentValues(IConfiguration configuration)
{
    private readonly Dictionary<string, string> _exported = new(StringComparer.Ordinal);

    public string? this[string name]
    {
        get
        {
            var value = _exported.GetValueOrDefault(name) ?? configuration[name];
            return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
        }
    }

    public void Export(string name, string value) => _exported[name] = value;

    /// <summary>The first of the variables that is set.</summary>
    public string? FirstOf(IEnumerable<string> names) => names.Select(name => this[name]).FirstOrDefault(value => value is not null);
}
