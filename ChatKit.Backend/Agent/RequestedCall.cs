namespace ChatKit.Backend.Agent;

/// <summary>A call of a tool that a model asks for; <paramref name="Arguments"/> is what it wrote, JSON or not.</summary>
internal sealed record RequestedCall(string Id, string Name, string Arguments);
