using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Tests;

/// <summary>A configuration with exactly these variables.</summary>
internal static class Settings
{
    public static IConfiguration Of(params (string Name, string? Value)[] variables) =>
        new ConfigurationBuilder().AddInMemoryCollection(variables.Select(v => KeyValuePair.Create(v.Name, v.Value))).Build();
}
