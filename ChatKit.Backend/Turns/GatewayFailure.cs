using System.ClientModel;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>
/// How a model's failure is told: what the user can do something about, in words; the rest as the plain failure, with the cause in the log alone.
/// </summary>
internal static class GatewayFailure
{
    private static readonly ErrorEvent Plain = new(ErrorEvent.StreamError, AllowRetry: true);

    /// <summary>Refused, unreachable, broken off, or silent for too long (the OpenAI package tells that as a cancellation).</summary>
    public static bool Explains(Exception exception) =>
        exception is ClientResultException or HttpRequestException or IOException or OperationCanceledException;

    public static ResponderException From(Exception exception) => (exception as ClientResultException)?.Status switch
    {
        StatusCodes.Status404NotFound => Told("This model is not available. Choose another one.", exception),
        StatusCodes.Status429TooManyRequests => Told("The model is busy. Try again in a moment.", exception),
        _ => new ResponderException(Plain, exception.Message, exception),
    };

    public static ResponderException Unfinished() => new(Plain, "The gateway's stream ended before the model had finished.");

    public static ResponderException Silent() => Told("The model gave an empty answer.");

    public static ResponderException NoModel() => Told("No model is available.");

    private static ResponderException Told(string message, Exception? cause = null) =>
        new(new ErrorEvent(ErrorEvent.Custom, message, AllowRetry: true), cause?.Message ?? message, cause);
}
