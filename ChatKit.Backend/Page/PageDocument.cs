using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace ChatKit.Backend.Page;

/// <summary>
/// The page's one document, in the language that the browser asks for: it differs in its <c>lang</c> alone, from which the page's scripts choose their words.
/// </summary>
internal sealed class PageDocument
{
    private const string Written = "en";

    /// <summary>Each has its catalogue in <c>wwwroot/app/text</c>.</summary>
    private static readonly string[] Languages = [Written, "fr"];

    private readonly Dictionary<string, (byte[] Body, string Tag)> _variants;

    public PageDocument(IFileInfo index)
    {
        using var reader = new StreamReader(index.CreateReadStream());
        var html = reader.ReadToEnd();
        _variants = Languages.ToDictionary(language => language, language => Variant(html, language));
    }

    public static bool IsAskedFor(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Path.Value is "/" or "/index.html";

    public async Task SendAsync(HttpContext http)
    {
        var language = Choose(http.Request.GetTypedHeaders().AcceptLanguage);
        var (body, tag) = _variants[language];
        var headers = http.Response.Headers;
        headers.ETag = tag;
        headers.ContentLanguage = language;
        headers.Vary = HeaderNames.AcceptLanguage;
        if (http.Request.Headers.IfNoneMatch.Contains(tag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = body.Length;
        if (HttpMethods.IsGet(http.Request.Method))
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>The one that is wanted most of those there are (RFC 9110, 12.5.4); <c>fr-CA</c> is served in <c>fr</c>.</summary>
    internal static string Choose(IEnumerable<StringWithQualityHeaderValue> wanted) => wanted
        .Where(static range => range.Quality is not 0)
        .OrderByDescending(static range => range.Quality ?? 1)
        .Select(static range => Array.Find(Languages, language => language.Equals(range.Value.Value?.Split('-')[0], StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(static language => language is not null) ?? Written;

    private static (byte[] Body, string Tag) Variant(string html, string language)
    {
        var body = Encoding.UTF8.GetBytes(html.Replace($"<html lang=\"{Written}\">", $"<html lang=\"{language}\">", StringComparison.Ordinal));
        return (body, $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"");
    }
}
