using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;
using Microsoft.AspNetCore.Mvc;

namespace ChatKit.Backend;

/// <summary>The protocol's one URL: reads the envelope, finds the verb, lets it answer.</summary>
internal static class ChatKitEndpoint
{
    /// <summary>A long pasted document fits; nothing that belongs in an attachment does.</summary>
    private const int MaxBodyBytes = 4 * 1024 * 1024;

    public static IEndpointConventionBuilder MapChatKit(this IEndpointRouteBuilder routes) => routes
        .MapPost("/chatkit", (Delegate)HandleAsync)
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));

    private static async Task<IResult> HandleAsync(HttpContext http)
    {
        if ((await ChatKitRequest.ReadAsync(http.Request, http.RequestAborted)).IsProblem(out var problem, out var request))
            return problem;
        if (!Verbs.Known.TryGetValue(request.Type, out var verb))
            return Problems.BadRequest("The request's `type` is unknown.");
        return await verb.InvokeAsync(request.Params, http.RequestServices, http.RequestAborted);
    }
}
