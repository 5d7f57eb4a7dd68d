namespace ChatKit.Backend.Tools.Calculator;

/// <summary>Unwinds the parser; it never leaves <see cref="Expression"/>.</summary>
internal sealed class ExpressionException(string message) : Exception(message);
