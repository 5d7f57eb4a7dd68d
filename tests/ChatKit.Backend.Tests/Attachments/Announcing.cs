using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;

namespace ChatKit.Backend.Tests.Attachments;

internal static class Announcing
{
    public static Task<JsonElement> AnnounceAsync(this BackendHost host, string name, string type) =>
        host.AskAsync("attachments.create", $$"""{"name":"{{name}}","size":3,"mime_type":"{{type}}"}""");
}
