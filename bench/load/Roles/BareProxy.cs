using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatKit.Bench.Load.Roles;

/// <summary>
/// The yardstick: Kestrel in, HttpClient out, as one would write it, and nothing else. What the platform itself costs; none of the levers that
/// the gateway may use are pulled here.
/// </summary>
internal static class BareProxy
{
    public static async Task RunAsync(int port, Uri upstream)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = upstream };
        app.Run(context => ForwardAsync(context, client));
        await app.RunAsync();
    }

    private static async Task ForwardAsync(HttpContext context, HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, context.Request.Path.Value);
        request.Content = new StreamContent(context.Request.Body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        request.Content.Headers.ContentLength = context.Request.ContentLength;
        request.Headers.TryAddWithoutValidation("Authorization", (string?)context.Request.Headers.Authorization);

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var header in response.Headers.NonValidated)
        {
            if (header.Key != "Transfer-Encoding")
            {
                context.Response.Headers[header.Key] = header.Value.ToString();
            }
        }

        foreach (var header in response.Content.Headers.NonValidated)
        {
            context.Response.Headers[header.Key] = header.Value.ToString();
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
