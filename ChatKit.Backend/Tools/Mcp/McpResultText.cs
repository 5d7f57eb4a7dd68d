using ChatKit.Backend.Agent;
using ChatKit.Backend.Protocol;
using ModelContextProtocol.Protocol;

namespace ChatKit.Backend.Tools.Mcp;

/// <summary>
/// What a server's tool found (https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool-result), as text for the model. What is no text is named;
/// addresses are named too, and never fetched.
/// </summary>
internal static class McpResultText
{
    public static ToolResult Of(CallToolResult result, ToolCall request)
    {
        var parts = result.Content.Select(block => Of(block, request)).Where(text => text.Length > 0).ToList();
        var text = parts.Count > 0 ? string.Join("\n\n", parts) : result.StructuredContent?.GetRawText() ?? "";
        return new ToolResult(text.Length > 0 ? text : "(nothing)", result.IsError ?? false);
    }

    private static string Of(ContentBlock block, ToolCall request) => block switch
    {
        TextContentBlock text => text.Text,
        EmbeddedResourceBlock { Resource: TextResourceContents resource } => resource.Text,
        EmbeddedResourceBlock { Resource: var resource } => $"[a file of type {resource.MimeType}]",
        ResourceLinkBlock link => WebAddress.IsSafe(link.Uri)
            ? $"{request.Cite(new UrlSource { Title = link.Title ?? link.Name, Url = link.Uri })} {link.Title ?? link.Name}: {link.Uri}"
            : $"{link.Title ?? link.Name}: {link.Uri}",
        ImageContentBlock image => $"[an image of type {image.MimeType}]",
        AudioContentBlock audio => $"[sound of type {audio.MimeType}]",
        _ => "",
    };
}
