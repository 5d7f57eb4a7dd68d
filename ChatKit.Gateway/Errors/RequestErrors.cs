using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Errors;

/// <summary>What is wrong with an administrative request, worded alike everywhere.</summary>
internal static class RequestErrors
{
    /// <summary>Everything that reading found, in one refusal; null where nothing is wrong.</summary>
    public static GatewayError? Of(RequestFields body) => body.Problems.Count switch
    {
        0 => null,
        1 => Of(body.Problems[0]),
        _ => Of(body.Problems[0]) with { Message = string.Join("; ", body.Problems.Select(static problem => Of(problem).Message)) },
    };

    public static GatewayError Of(RequestProblem problem) => Invalid(problem.Param, problem.Message);

    public static GatewayError Invalid(string param, string message) => new(400, "bad_request_error", $"{param}: {message}", param);

    public static GatewayError Forbidden(string param, string message) => new(403, "auth_error", $"{param}: {message}", param);

    /// <summary>For what belongs to somebody else.</summary>
    public static GatewayError NotYours(string what) => new(403, "auth_error", $"Only proxy admins and those who manage {what} may do this.");

    public static GatewayError NotFound(string param, string what, string id) => new(404, "not_found_error", $"{what} not found, passed {param}={ErrorWire.Shorten(id)}", param);

    public static GatewayError Exists(string param, string what, string id) =>
        new(409, "bad_request_error", $"{what} with {param}={ErrorWire.Shorten(id)} already exists. Choose another {param}.", param);
}
