namespace ChatKit.ServiceDefaults.Contract;

/// <summary>
/// Which passwords are taken: long ones. Rules about kinds of characters make passwords no harder to guess, only harder to remember
/// (NIST SP 800-63B, https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver).
/// </summary>
public static class PasswordRule
{
    public const int MinLength = 12;

    /// <summary>More would only cost hashing.</summary>
    public const int MaxLength = 256;

    private const int MinDistinct = 5;

    private static readonly string[] Guessed =
        ["password", "passwort", "motdepasse", "qwertyuiop", "azertyuiop", "qwertzuiop", "administrator", "administrateur", "letmein", "iloveyou", "welcome", "chatkit", "admin"];

    /// <summary>Why a password is not taken, as the end of a sentence that begins with what holds it; null where it is.</summary>
    /// <param name="password">The password.</param>
    /// <param name="email">Whose it is.</param>
    public static string? Problem(string password, string email)
    {
        if (password.Length < MinLength)
            return $"has fewer than {MinLength} characters";
        if (password.Length > MaxLength)
            return $"has more than {MaxLength} characters";
        if (password.Distinct().Count() < MinDistinct)
            return "repeats a few characters";
        return SampleValues.LooksUnfilled(password) || IsGuessed(password, email) ? "is too easily guessed" : null;
    }

    /// <summary>A word that everybody tries, or the person's own address, with digits and signs around it.</summary>
    private static bool IsGuessed(string password, string email)
    {
        var word = Letters(password);
        return word.Length == 0 && IsSequence(password)
            || Guessed.Contains(word)
            || (email.Length > 0 && password.Contains(email, StringComparison.OrdinalIgnoreCase))
            || word.Length > 0 && word == Letters(email.Split('@')[0]);
    }

    private static string Letters(string text) => new([.. text.Where(char.IsLetter).Select(char.ToLowerInvariant)]);

    private static bool IsSequence(string digits) => "01234567890123456789".Contains(digits[..Math.Min(10, digits.Length)], StringComparison.Ordinal);
}
