using System.Globalization;
using ChatKit.Backend.Access;

namespace ChatKit.Backend.Turns;

/// <summary>429: another turn holds the thread.</summary>
internal sealed class ThreadBusy : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = ThreadTurns.Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Problems.TooManyRequests("This thread is still being answered. Try again when the answer is complete.").ExecuteAsync(httpContext);
    }
}
