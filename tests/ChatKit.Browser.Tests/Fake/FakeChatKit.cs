using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using ChatKit.Backend.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatKit.Browser.Tests.Fake;

/// <summary>
/// A ChatKit server in memory that serves the real page, so that a test decides when each word arrives, when a stream breaks and which
/// request is refused. The end-to-end tests use the real backend.
/// </summary>
public sealed class FakeChatKit : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FakeProtocol _protocol = new();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _refusals = new();

    private FakeChatKit(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public List<(string Id, string Label)> Models { get; } = [("demo", "Demo"), ("openai/gpt-5", "GPT-5")];

    public string DefaultModel { get; set; } = "demo";

    /// <summary>The tools on offer: none, unless a test adds some.</summary>
    public List<JsonObject> Tools { get; } = [];

    /// <summary>Who is signed in; by default nobody signs in here.</summary>
    public JsonObject Session { get; set; } = [];

    public bool SignedOut { get; private set; }

    /// <summary>How files are to be sent.</summary>
    public JsonObject Uploads { get; set; } = new() { ["strategy"] = "two_phase", ["max_bytes"] = 1000, ["max_count"] = 3, ["accept"] = new JsonArray("image/png", "text/plain") };

    public FakeFiles Files => _protocol.Files;

    /// <summary>Every request body that reached the endpoint, in order.</summary>
    public ConcurrentQueue<JsonNode> Requests { get; } = new();

    /// <summary>The types of the requests that began a turn, in order.</summary>
    public IEnumerable<string> TurnTypes => Requests.Select(request => request["type"]!.GetValue<string>())
        .Where(type => type is "threads.create" or "threads.add_user_message" or "threads.retry_after_item" or "threads.edit_user_message"
            or "threads.custom_action" or "threads.add_client_tool_output" or "threads.add_structured_input");

    public static async Task<FakeChatKit> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var app = builder.Build();
        var fake = new FakeChatKit(app);
        app.MapChatPage();
        app.MapGet("/api/models", () => Results.Json(new JsonObject
        {
            ["data"] = new JsonArray([.. fake.Models.Select(model => fake.ModelRow(model))]),
        }));
        app.MapGet("/api/tools", () => Results.Json(new JsonObject { ["data"] = new JsonArray([.. fake.Tools.Select(tool => tool.DeepClone())]) }));
        app.MapGet("/api/session", () => Results.Json(fake.Session));
        app.MapGet("/api/page", () => Results.Json(new JsonObject { ["uploads"] = fake.Uploads.DeepClone() }));
        app.MapGet("/api/threads/search", (string q) => Results.Json(fake._protocol.Threads.Search(q)));
        app.MapGet("/api/threads/{id}/stream", () => Results.NoContent());
        app.MapDelete("/api/session", () => fake.SignedOut = true);
        app.MapGet("/sign-in", () => Results.Text("The sign-in page."));
        app.MapGet("/favicon.ico", () => Results.NoContent());
        fake.Files.Map(app);
        app.MapPost("/chatkit", fake.AnswerAsync);
        await app.StartAsync();
        return fake;
    }

    /// <summary>The parameters of the last request of a type.</summary>
    public JsonNode Last(string type) => Requests.Last(request => request["type"]!.GetValue<string>() == type)["params"]!;

    /// <summary>The next turn plays this answer, as the test writes it.</summary>
    public ScriptedAnswer NextAnswer()
    {
        var answer = new ScriptedAnswer();
        _protocol.Answers.Enqueue(answer);
        return answer;
    }

    /// <summary>The next turn answers with this at once.</summary>
    public void WillAnswer(string words) => NextAnswer().Say(words).End();

    /// <summary>The next request of this type is refused with problem+json.</summary>
    public void WillRefuse(string type, int status, string detail, int? retryAfter = null) => _refusals[type] = http =>
    {
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter.ToString();
        return Results.Problem(detail, statusCode: status).ExecuteAsync(http);
    };

    /// <summary>A thread that was there before the page was opened; the first one added is the newest unless <paramref name="age"/> says otherwise.</summary>
    public FakeThread AddThread(string? title, TimeSpan age = default) => _protocol.Threads.Add(title, age);

    public FakeThread ThreadOf(string question) => _protocol.Threads.Find(question);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private JsonObject ModelRow((string Id, string Label) model) =>
        new JsonObject { ["id"] = model.Id, ["label"] = model.Label, ["default"] = model.Id == DefaultModel };

    private async Task AnswerAsync(HttpContext http)
    {
        var request = (await JsonNode.ParseAsync(http.Request.Body))!;
        Requests.Enqueue(request);
        var type = request["type"]!.GetValue<string>();
        if (_refusals.TryRemove(type, out var refuse)) await refuse(http);
        else await _protocol.AnswerAsync(http, type, request["params"]!);
    }
}
