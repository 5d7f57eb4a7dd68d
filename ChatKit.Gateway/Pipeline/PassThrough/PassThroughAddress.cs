using System.Text.RegularExpressions;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Gateway.Pipeline.PassThrough;

/// <summary>
/// Where a request goes: what the client wrote behind our prefix, appended to the target's address byte for byte, query included. Nothing that the client writes
/// may lead to another host, or above the target's path.
/// </summary>
internal static partial class PassThroughAddress
{
    /// <summary>The address; an error where the path is no path.</summary>
    public static GatewayError? Of(PassThroughRoute route, HttpRequest request, out Uri? address)
    {
        address = null;
        var raw = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        if (!raw[0].StartsWith(route.Path, StringComparison.OrdinalIgnoreCase) || !IsPlain(raw[0])) return Refused();
        var rest = raw[0][route.Path.Length..].TrimStart('/');
        var target = route.Target.BaseAddress!;
        if (route.Target.Provider is "vertex_ai") (target, rest) = VertexAddress.Of(target, rest);
        if (route.Target.Provider is "bedrock") target = BedrockAddress.Of(target, rest);
        var root = route.IsOfProvider ? WithoutVersion(target.AbsolutePath, rest) : target.AbsolutePath.TrimEnd('/');
        var path = rest.Length == 0 && root.Length > 0 ? root : $"{root}/{rest}";
        var query = string.Join('&', new[] { target.Query.TrimStart('?'), Query(route, raw) }.Where(static part => part.Length > 0));
        address = new Uri($"{target.GetLeftPart(UriPartial.Authority)}{path}{(query.Length > 0 ? $"?{query}" : "")}");
        return address.Host == target.Host && address.Port == target.Port && address.UserInfo.Length == 0 && address.AbsolutePath.StartsWith(root, StringComparison.Ordinal) ? null : Refused();
    }

    /// <summary>
    /// The base of a provider's API, without its version where the rest begins with one (<c>…/v1</c> and <c>v1/messages</c>): it is meant once, and the client's
    /// counts.
    /// </summary>
    private static string WithoutVersion(string basePath, string rest)
    {
        var root = basePath.TrimEnd('/');
        var last = root[(root.LastIndexOf('/') + 1)..];
        return Version().IsMatch(last) && Version().IsMatch(rest.Split('/', 2)[0]) ? root[..^last.Length].TrimEnd('/') : root;
    }

    /// <summary>No step up, however it is spelt, no backslash, no control character.</summary>
    private static bool IsPlain(string path)
    {
        if (path.AsSpan().ContainsAnyExceptInRange('!', '~') || path.Contains('\\')) return false;
        foreach (var segment in path.Split('/'))
        {
            var (spelt, plain) = (segment, Uri.UnescapeDataString(segment));
            // An escaped escape is decoded by some servers on the way.
            while (plain != spelt) (spelt, plain) = (plain, Uri.UnescapeDataString(plain));
            if (plain.Contains('\\') || plain.Any(char.IsControl) || plain.Split('/').Any(static step => step is "." or "..")) return false;
        }

        return true;
    }

    /// <summary>Google's clients may send their key, which is ours, in the query.</summary>
    private static string Query(PassThroughRoute route, string[] raw)
    {
        if (raw.Length == 1) return "";
        return route.TakesKeyInQuery ? string.Join('&', raw[1].Split('&').Where(static pair => !pair.StartsWith("key=", StringComparison.Ordinal))) : raw[1];
    }

    private static GatewayError Refused() => new(400, "invalid_request_error", "The path of the request cannot be passed on.", "path");

    [GeneratedRegex("^v[0-9]+([a-z]+[0-9]*)?$")]
    private static partial Regex Version();
}
