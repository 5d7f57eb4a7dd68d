using System.Net.Http.Headers;
using System.Text;
using ChatKit.Backend.Speech;
using ChatKit.Backend.Turns;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatKit.Backend.Tests.Hosting;

/// <summary>The whole backend on a real Kestrel, a free port and a database of its own. Calls are made as the user that a header names.</summary>
internal sealed class BackendHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly InFlight _inFlight;
    private bool _sharesDatabase;

    private BackendHost(WebApplication app, InFlight inFlight, TempDatabase database)
    {
        (_app, _inFlight, Database) = (app, inFlight, database);
        Http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(app.Urls.First()) };
        Http.DefaultRequestHeaders.Add(HeaderUser.Header, "alice");
    }

    public HttpClient Http { get; }

    public TempDatabase Database { get; }

    public IServiceProvider Services => _app.Services;

    public RecordedLogs Logs => _app.Services.GetRequiredService<RecordedLogs>();

    public static async Task<BackendHost> StartAsync(
        IResponder? responder = null,
        DatabaseKind kind = DatabaseKind.Sqlite,
        string gateway = "http://127.0.0.1:9/v1",
        TimeProvider? time = null,
        bool realUsers = false,
        bool migrated = true,
        ITranscriber? transcriber = null,
        Action<IServiceCollection>? services = null,
        TempDatabase? shared = null,
        params (string Name, string Value)[] settings)
    {
        var database = shared ?? (migrated ? await TempDatabase.CreateMigratedAsync(kind) : await TempDatabase.CreateAsync(kind));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = database.Url,
            ["MODEL_PROVIDER"] = "litellm",
            ["LITELLM_API_BASE"] = gateway,
            ["LITELLM_API_KEY"] = GatewayDialect.Key,
            ["CHATKIT_RATE_LIMIT"] = "0",
            ["CHATKIT_UPLOAD_LIMIT"] = "0",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.AddBackend();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<RecordedLogs>().AddSingleton<ILoggerProvider>(services => services.GetRequiredService<RecordedLogs>());
        services?.Invoke(builder.Services);
        builder.Services.PostConfigure<PasswordHasherOptions>(hasher => hasher.IterationCount = 100);
        if (responder is not null)
            builder.Services.Replace(ServiceDescriptor.Singleton(responder));
        if (transcriber is not null)
            builder.Services.Replace(ServiceDescriptor.Singleton(transcriber));
        if (!realUsers)
            builder.Services.AddAuthentication(HeaderUser.Name).AddScheme<AuthenticationSchemeOptions, HeaderUser>(HeaderUser.Name, null);

        var app = builder.Build();
        var inFlight = new InFlight();
        app.Use(inFlight.CountAsync);
        app.MapBackend();
        await app.StartAsync();
        return new BackendHost(app, inFlight, database) { _sharesDatabase = shared is not null };
    }

    /// <summary>Waits until no request is being worked on: what a client left behind is then stored.</summary>
    public Task IdleAsync() => _inFlight.NoneAsync();

    /// <summary>Posts a body to the endpoint; the answer's headers are read, its body is not.</summary>
    public async Task<HttpResponseMessage> PostAsync(string body, string? user = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chatkit")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } },
        };
        if (user is not null)
            request.Headers.Add(HeaderUser.Header, user);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task StopAsync() => await _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        if (!_sharesDatabase)
            await Database.DisposeAsync();
    }
}
