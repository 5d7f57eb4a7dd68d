using System.ClientModel;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Models;

/// <summary>
/// How a model's failure is told: what the user can do something about, in words; the rest as the plain failure, with the cause in the log alone. A retry is
/// offered where the same request may do better later.
/// </summary>
internal static class GatewayFailure
{
    private static readonly ErrorEvent Plain = new(ErrorEvent.StreamError, AllowRetry: true);

    /// <summary>How providers say that a request is longer than their model reads; OpenAI and LiteLLM by a code, others in words.</summary>
    private static readonly string[] TooLongWords =
        ["context_length_exceeded", "maximum context length", "context window", "prompt is too long", "input is too long", "too many tokens", "exceeds the maximum number of tokens"];

    /// <summary>How servers say that their model calls no tools: Ollama, OpenRouter, vLLM.</summary>
    private static readonly string[] NoToolsWords = ["not support tools", "support tool use", "tool choice requires", "tools is not supported", "tools are not supported", "function calling is not"];

    /// <summary>Refused, unreachable, broken off, or silent for too long (the OpenAI package tells that as a cancellation).</summary>
    public static bool Explains(Exception exception) =>
        exception is ClientResultException or HttpRequestException or IOException or OperationCanceledException;

    public static ResponderException From(Exception exception) => (exception as ClientResultException)?.Status switch
    {
        _ when IsTooLong(exception) => TooLong(exception),
        StatusCodes.Status404NotFound => Told("This model is not available. Choose another one.", cause: exception),
        StatusCodes.Status429TooManyRequests when Says(exception, "budget") => Told("The budget for models is used up.", allowRetry: false, exception),
        StatusCodes.Status429TooManyRequests => Told("The model is busy. Try again in a moment.", cause: exception),
        StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status422UnprocessableEntity =>
            Told("The model does not take this. Another model may.", allowRetry: false, exception),
        _ => new ResponderException(Plain, exception.Message, exception),
    };

    public static ResponderException Unfinished() => new(Plain, "The gateway's stream ended before the model had finished.");

    public static ResponderException Silent() => Told("The model gave an empty answer.");

    public static ResponderException Withheld() => Told("The model's provider withheld the answer.", allowRetry: false);

    public static ResponderException NoModel() => Told("No model is available.");

    public static ResponderException TooLong(Exception? cause = null) =>
        Told("The message is too long for this model. Shorten it, or choose another model.", allowRetry: false, cause);

    /// <summary>Whether the model was given more than it reads.</summary>
    public static bool IsTooLong(Exception? exception) =>
        exception is ClientResultException { Status: StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge } && TooLongWords.Any(words => Says(exception, words));

    /// <summary>Whether the model would have answered without tools.</summary>
    public static bool RefusesTools(Exception? exception) => exception is ClientResultException { Status: >= 400 and < 600 } && NoToolsWords.Any(words => Says(exception, words));

    private static bool Says(Exception exception, string words) => exception.Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static ResponderException Told(string message, bool allowRetry = true, Exception? cause = null) =>
        new(new ErrorEvent(ErrorEvent.Custom, message, allowRetry), cause?.Message ?? message, cause);
}
