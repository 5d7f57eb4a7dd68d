namespace ChatKit.ServiceDefaults;

/// <summary>What is wrong with one variable, in words that say how to put it right and hold no value.</summary>
/// <param name="Variable">Its name.</param>
/// <param name="Advice">Continues a sentence that begins with the name: <c>is not set: …</c></param>
public sealed record VariableProblem(string Variable, string Advice)
{
    /// <summary>The whole sentence.</summary>
    public string Message => $"{Variable} {Advice}";
}
