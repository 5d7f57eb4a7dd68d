namespace ChatKit.Gateway.Errors;

/// <summary>An answer was compressed in a way that nobody asked for and the gateway does not read.</summary>
internal sealed class UnknownCodingException() : IOException("The Content-Encoding of the answer is unknown.");
