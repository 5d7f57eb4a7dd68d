using Microsoft.Extensions.Configuration;

namespace ChatKit.AppHost;

/// <summary>The resources of the picture that need more than a line: secrets, the database, the providers' keys.</summary>
internal static class Resources
{
    /// <summary>A secret from the first of the variables that is set; otherwise generated once and kept in user secrets.</summary>
    public static IResourceBuilder<ParameterResource> AddSecret(
        this IDistributedApplicationBuilder builder, string name, params string[] variables) =>
        variables.FirstOrDefault(builder.IsSet) is { } variable
            ? builder.AddParameterFromConfiguration(name, variable, secret: true)
            // No special characters: compose writes a password into addresses unescaped.
            : builder.AddParameter(name, new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

    /// <summary>The operator's own database where DATABASE_URL names one, else PostgreSQL in a container.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddChatKitDatabase(this IDistributedApplicationBuilder builder)
    {
        if (builder.IsSet("DATABASE_URL"))
        {
            builder.Configuration["ConnectionStrings:chatkit"] = builder.Configuration["DATABASE_URL"];
            return builder.AddConnectionString("chatkit");
        }

        return builder.AddPostgres("postgres", password: builder.AddSecret("postgres-password", "POSTGRES_PASSWORD"))
            .WithDataVolume()
            .WithEnvironment("POSTGRES_DB", "chatkit") // compose does not create the database by itself
            .WithComposeHealth("pg_isready -U postgres -d chatkit")
            .AddDatabase("chatkit");
    }

    /// <summary>Hands the gateway every provider variable that is set; a published compose file also has a place for the usual three keys.</summary>
    public static IResourceBuilder<ProjectResource> WithProviderKeys(this IResourceBuilder<ProjectResource> gateway)
    {
        var builder = gateway.ApplicationBuilder;
        string[] usual = builder.ExecutionContext.IsPublishMode ? ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "MISTRAL_API_KEY"] : [];
        var set = builder.Configuration.AsEnumerable()
            .Select(variable => variable.Key)
            .Where(name => name.EndsWith("_API_KEY", StringComparison.Ordinal) || name.EndsWith("_API_BASE", StringComparison.Ordinal))
            .Where(name => !name.StartsWith("LITELLM_", StringComparison.Ordinal) && !name.StartsWith("MODEL_", StringComparison.Ordinal))
            .Where(builder.IsSet);
        foreach (var variable in usual.Union(set).Order(StringComparer.Ordinal))
        {
            var name = variable.ToLowerInvariant().Replace('_', '-');
            gateway.WithEnvironment(variable, builder.AddParameterFromConfiguration(name, variable, secret: variable.EndsWith("_KEY", StringComparison.Ordinal)));
        }

        return gateway;
    }

    /// <summary>Hands on each of these variables that is set.</summary>
    public static IResourceBuilder<ProjectResource> WithVariables(this IResourceBuilder<ProjectResource> service, params string[] variables)
    {
        var builder = service.ApplicationBuilder;
        foreach (var variable in variables.Where(builder.IsSet))
        {
            var isSecret = variable.EndsWith("_KEY", StringComparison.Ordinal) || variable.EndsWith("_PASSWORD", StringComparison.Ordinal) || variable.EndsWith("WEBHOOK_URL", StringComparison.Ordinal);
            service.WithEnvironment(variable, builder.AddParameterFromConfiguration(variable.ToLowerInvariant().Replace('_', '-'), variable, secret: isSecret));
        }

        return service;
    }

    /// <summary>Models come from our gateway, found by service discovery.</summary>
    public static IResourceBuilder<ProjectResource> WithModelsFrom(
        this IResourceBuilder<ProjectResource> service, IResourceBuilder<ProjectResource> gateway, IResourceBuilder<ParameterResource> key) =>
        service.WithEnvironment("MODEL_PROVIDER", "litellm")
            .WithEnvironment("LITELLM_API_KEY", key)
            .WithReference(gateway).WaitFor(gateway);

    private static bool IsSet(this IDistributedApplicationBuilder builder, string variable) =>
        !string.IsNullOrWhiteSpace(builder.Configuration[variable]);
}
