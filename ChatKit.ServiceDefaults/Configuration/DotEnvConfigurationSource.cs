using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Configuration;

/// <summary>A <c>.env</c> file as a layer of configuration; <c>__</c> in a name separates sections, as in environment variables.</summary>
internal sealed class DotEnvConfigurationSource(string path) : IConfigurationSource
{
    public string Path => path;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(path);

    private sealed class Provider(string path) : ConfigurationProvider
    {
        public override void Load()
        {
            var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in DotEnvFile.Read(path))
                data[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] = value;
            Data = data;
        }
    }
}
