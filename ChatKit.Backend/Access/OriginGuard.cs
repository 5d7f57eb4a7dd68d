namespace ChatKit.Backend.Access;

/// <summary>
/// Refuses what a foreign page makes a visitor's browser send. Browsers name the page in <c>Origin</c>; other clients send none and need no protection from
/// themselves.
/// </summary>
internal sealed class OriginGuard(AllowedOrigins origins) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) || origins.Lists(origin)
            ? next(context)
            : ValueTask.FromResult<object?>(Problems.Forbidden($"Pages of this origin may not call this server. Add it to {AllowedOrigins.Variable}."));
    }
}
