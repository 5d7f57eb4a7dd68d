using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatKit.Browser.Tests.Fake;

/// <summary>Attachments in memory, sent in two phases or directly; a test can hold their bytes up, or refuse them.</summary>
public sealed class FakeFiles
{
    private readonly ConcurrentDictionary<string, JsonObject> _files = new();
    private readonly ConcurrentDictionary<string, byte[]> _bytes = new();

    /// <summary>Bytes are answered once this is complete.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Why the next bytes are refused.</summary>
    public string? Refusal { get; set; }

    public IReadOnlyCollection<string> Names => [.. _files.Values.Select(file => file["name"]!.GetValue<string>())];

    public byte[] BytesOf(string name) => _bytes[_files.Single(file => file.Value["name"]!.GetValue<string>() == name).Key];

    internal JsonNode ById(string id) => _files[id].DeepClone();

    internal JsonObject Answer(string type, JsonNode parameters, HttpRequest request)
    {
        if (type == "attachments.delete")
        {
            _files.TryRemove(parameters["attachment_id"]!.GetValue<string>(), out _);
            return [];
        }

        var file = Announce(parameters["name"]!.GetValue<string>(), parameters["mime_type"]!.GetValue<string>());
        file["upload_descriptor"] = new JsonObject
        {
            ["url"] = $"{request.Scheme}://{request.Host}/attachments/{Paging.IdOf(file)}",
            ["method"] = "PUT",
            ["headers"] = new JsonObject { ["x-upload"] = "yes" },
        };
        return file;
    }

    internal void Map(WebApplication app)
    {
        app.MapPost("/attachments", async (HttpRequest request) =>
        {
            var sent = (await request.ReadFormAsync()).Files.Single();
            var file = Announce(sent.FileName, sent.ContentType);
            await using var content = sent.OpenReadStream();
            return await TakeAsync(Paging.IdOf(file), content) ?? Results.Json(file);
        });
        app.MapPut("/attachments/{id}", async (string id, HttpRequest request) => await TakeAsync(id, request.Body) ?? Results.NoContent());
        app.MapGet("/attachments/{id}", (string id) => Results.Bytes(_bytes[id], _files[id]["mime_type"]!.GetValue<string>()));
    }

    private JsonObject Announce(string name, string type)
    {
        var id = Wire.NewId("atc");
        var file = new JsonObject { ["type"] = type.StartsWith("image/", StringComparison.Ordinal) ? "image" : "file", ["id"] = id, ["name"] = name, ["mime_type"] = type };
        if (type.StartsWith("image/", StringComparison.Ordinal)) file["preview_url"] = $"/attachments/{id}";
        _files[id] = file;
        return file.DeepClone().AsObject();
    }

    private async Task<IResult?> TakeAsync(string id, Stream content)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        await Gate;
        if (Refusal is { } refusal)
        {
            Refusal = null;
            return Results.Problem(refusal, statusCode: 415);
        }

        _bytes[id] = bytes.ToArray();
        return null;
    }
}
