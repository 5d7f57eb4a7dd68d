using System.Security.Claims;

namespace ChatKit.Backend.Access;

/// <summary>Whose threads this request may see. Every query starts from this id.</summary>
internal sealed class CurrentUser(IHttpContextAccessor http)
{
    public string Id { get; } = http.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier)
        ?? throw new InvalidOperationException("No user is signed in: the route lacks its authorization.");

    /// <summary>For people to read: an e-mail address where there is one.</summary>
    public string Name { get; } = http.HttpContext?.User.Identity?.Name ?? "";
}
