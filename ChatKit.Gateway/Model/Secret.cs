namespace ChatKit.Gateway.Model;

/// <summary>A credential. Its text leaves only through <see cref="Reveal"/>, so that no log template, exception or record print can hold it.</summary>
internal sealed class Secret(string value) : IEquatable<Secret>
{
    private string? _bearer;

    /// <summary>As the value of an <c>Authorization</c> header, made once.</summary>
    public string RevealBearer() => _bearer ??= $"Bearer {value}";

    /// <summary>The credential itself, for the header that needs it.</summary>
    public string Reveal() => value;

    /// <summary>The text with every occurrence of the credential masked.</summary>
    public string Mask(string text) => value.Length == 0 ? text : text.Replace(value, ToString(), StringComparison.Ordinal);

    public bool Equals(Secret? other) => other is not null && other.Reveal() == value;

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The last four characters, as shown on admin pages; fully masked where the value is short.</summary>
    public override string ToString() => value.Length > 12 ? $"****{value[^4..]}" : "****";
}
