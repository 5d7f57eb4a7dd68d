namespace ChatKit.Gateway.Wire;

/// <summary>Why a body is not a chat completion request: said to the client, with the member at fault.</summary>
internal sealed record RequestProblem(string Message, string Param);
