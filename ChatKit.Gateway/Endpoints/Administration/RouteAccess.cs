using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Endpoints.Administration;

/// <summary>
/// Who may call a route. It is metadata of the endpoint that routing chose, and the code that serves the endpoint asks it: no path, header or method that a client
/// writes is ever compared. A route without one does not pass the tests.
/// </summary>
internal sealed class RouteAccess
{
    private readonly Func<Caller, GatewayError?> _refuse;

    private RouteAccess(string name, Func<Caller, GatewayError?> refuse) => (Name, _refuse) = (name, refuse);

    /// <summary>Whoever reaches the gateway: liveness, readiness, the page at <c>/</c>.</summary>
    public static RouteAccess Public { get; } = new("public", static _ => null);

    /// <summary>Calls of models: the pipeline admits them, by key, model, budget and limit.</summary>
    public static RouteAccess Models { get; } = new("models", static _ => null);

    /// <summary>Every key that is good.</summary>
    public static RouteAccess Key { get; } = new("key", static _ => null);

    /// <summary>Reading: everybody their own, administrators and those who may look everything. The handler narrows it down.</summary>
    public static RouteAccess Own { get; } = new("own", static _ => null);

    /// <summary>Changing what is one's own; nobody who may only look. The handler narrows it down.</summary>
    public static RouteAccess ChangeOwn { get; } = new("change own", static caller => caller.Role is Role.ProxyAdmin or Role.InternalUser ? null : AdminErrors.OnlyLooks(caller));

    /// <summary>Administrators, and those who may look at everything.</summary>
    public static RouteAccess View { get; } = new("view", static caller => caller.Role is Role.ProxyAdmin or Role.ProxyAdminViewer ? null : AdminErrors.OnlyAdministrators(caller));

    /// <summary>Administrators alone.</summary>
    public static RouteAccess Manage { get; } = new("manage", static caller => caller.IsAdministrator ? null : AdminErrors.OnlyAdministrators(caller));

    /// <summary>As it stands in tests and in the list of routes.</summary>
    public string Name { get; }

    /// <summary>Whether the one who serves the route checks a key before anything else.</summary>
    public bool AsksForKey => this != Public;

    /// <summary>Why this caller may not; null where they may.</summary>
    public GatewayError? Refuse(Caller caller) => _refuse(caller);

    public override string ToString() => Name;
}
