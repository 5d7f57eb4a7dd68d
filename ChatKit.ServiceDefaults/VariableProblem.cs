namespace ChatKit.ServiceDefaults;

/// <summary>What is wrong with one variable, in words that say how to put it right and hold no value.</summary>
public sealed record VariableProblem(string Variable, string Message);
