using ChatKit.Backend.Access.Accounts;
using ChatKit.Backend.Access.HostTokens;
using ChatKit.Backend.Access.Limits;
using ChatKit.Backend.Access.Sessions;
using ChatKit.Backend.Access.SignIn;
using ChatKit.Backend.Streams;
using ChatKit.Data.Users;
using ChatKit.ServiceDefaults.Database;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Net.Http.Headers;

namespace ChatKit.Backend.Access;

/// <summary>Who is let in, as whom, from which pages, and how often: the order of the checks is the order of the lines in <see cref="UseAccess"/>.</summary>
internal static class AccessServices
{
    /// <summary>The name under which all replicas protect cookies and tokens for each other.</summary>
    private const string Application = "chatkit";

    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder, DatabaseTarget database)
    {
        var (services, modes, origins) = (builder.Services, AccessModes.From(builder.Configuration), AllowedOrigins.From(builder.Configuration));
        services.AddUsersDatabase(database);
        services.AddUsersSchemaGate();
        services.AddSingleton(modes).AddSingleton(origins);
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. origins.Origins])
            .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put)
            .WithHeaders(HeaderNames.Authorization, HeaderNames.ContentType, ResumableTurn.Header, "Last-Event-ID")
            .WithExposedHeaders(HeaderNames.RetryAfter, ResumableTurn.StreamHeader)));
        services.AddRateLimits(builder.Configuration);
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentUser>();
        services.AddAuthorizationBuilder().AddPolicy(Principals.Administrator, policy => policy.RequireAuthenticatedUser().RequireRole(Principals.Administrator));
        services.AddSchemes(modes);
        builder.AddKeyRing();

        services.AddAccounts();
        services.AddScoped<PersonalData>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<PageSession>();
        services.AddSingleton<OpenRequests>().AddHostedService(provider => provider.GetRequiredService<OpenRequests>());
        services.AddHostedService<FirstAdministrator>();
        return builder;
    }

    public static void UseAccess(this WebApplication app)
    {
        app.UseCors();
        app.UseAuthentication();
        app.UseMiddleware<AccountGate>();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<CookieGuard>();
    }

    public static void MapAccess(this WebApplication app)
    {
        var modes = app.Services.GetRequiredService<AccessModes>();
        var routes = app.MapGroup("").AddEndpointFilter<OriginGuard>();
        routes.MapSessions(modes);
        routes.MapAccounts();
        if (modes.SignIn)
            app.MapSignInPage();
    }

    /// <summary>In the database, so that every replica takes what another gave; sealed where there is something to seal with.</summary>
    private static void AddKeyRing(this WebApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName(Application).PersistKeysToDbContext<UsersDbContext>();
        if (builder.Configuration[SealedKeys.Variable] is { Length: > 0 } salt)
            builder.Services.Configure<KeyManagementOptions>(keys => keys.XmlEncryptor = new SealedKeys(salt));
        else
            // The audit says it once; the framework would at every new key.
            builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
    }

    private static void AddSchemes(this IServiceCollection services, AccessModes modes)
    {
        var schemes = services.AddAuthentication(Schemes.Any)
            .AddPolicyScheme(Schemes.Any, null, any => any.ForwardDefaultSelector = http => Schemes.Of(http.Request, modes))
            .AddScheme<AuthenticationSchemeOptions, LocalUser>(LocalUser.Name, null);
        if (modes.SignIn)
            schemes.AddCookie(Schemes.Cookie, PageSession.Configure).AddBearerToken(Schemes.Token);
        if (modes.Tokens is not { } tokens)
            return;
        schemes.AddJwtBearer(Schemes.HostToken, options => HostTokenScheme.Configure(options, tokens));
        if (tokens.Secret is not null)
            return;
        services.AddSingleton(tokens).AddSingleton<IssuerKeys>();
        services.AddOptions<JwtBearerOptions>(Schemes.HostToken).Configure<IssuerKeys>(HostTokenScheme.UseKeys);
    }
}
