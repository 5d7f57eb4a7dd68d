using Microsoft.Extensions.FileProviders;

namespace ChatKit.Backend.Page;

/// <summary>
/// Serves the embedded chat page under a policy that lets it load, run and talk to nothing but this origin, so that an answer
/// which a model wrote can neither execute nor phone home, even if the page's own cleaning of markdown had a hole.
/// </summary>
internal static class ChatPage
{
    /// <summary>The page writes HTML only through DOMPurify; Trusted Types make the browser enforce that. <c>blob:</c> is a picture that the person is about to send.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types dompurify";

    public static void MapChatPage(this WebApplication app)
    {
        var files = new ManifestEmbeddedFileProvider(typeof(ChatPage).Assembly, "wwwroot");
        var document = new PageDocument(files.GetFileInfo("index.html"));
        app.UseWhen(static http => PageDocument.IsAskedFor(http.Request), page => page.Run(http =>
        {
            Protect(http.Response.Headers);
            return document.SendAsync(http);
        }));
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = file => Protect(file.Context.Response.Headers),
        });
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";

        // Revalidated by ETag at every load: a page is never a mix of two releases.
        headers.CacheControl = "no-cache";
    }
}
