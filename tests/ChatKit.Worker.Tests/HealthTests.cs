using System.Net;
using System.Text.Json;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Worker.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task Alone_the_worker_says_over_http_how_it_is()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var gateway = await FakeUpstream.StartAsync();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Configuration.AddInMemoryCollection(TestWorker.Variables(database, gateway));
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.AddWorker(TestWorker.Fast);
        await using var app = builder.Build();
        app.MapWorker();
        await app.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(app.Urls.Single()) };

        using var alive = await client.GetAsync("/health");
        using var ready = await client.GetAsync("/health/readiness");
        var checks = JsonDocument.Parse(await ready.Content.ReadAsStringAsync()).RootElement.GetProperty("checks");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (alive.StatusCode, ready.StatusCode));
        Assert.Equal("healthy", checks.GetProperty("database").GetProperty("status").GetString());
        Assert.Equal("healthy", checks.GetProperty("scheduler").GetProperty("status").GetString());

        await database.ExecuteAsync("DELETE FROM chat_migrations");
        using var unready = await client.GetAsync("/health/readiness");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
        Assert.Contains("run `chatkit migrate`", JsonDocument.Parse(await unready.Content.ReadAsStringAsync()).RootElement
            .GetProperty("checks").GetProperty("database").GetProperty("description").GetString(), StringComparison.Ordinal);
    }
}
