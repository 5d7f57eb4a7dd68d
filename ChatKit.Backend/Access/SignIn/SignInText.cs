namespace ChatKit.Backend.Access.SignIn;

/// <summary>Every word of the sign-in page, in the languages that it speaks.</summary>
internal sealed record SignInText(string Language, string Title, string Email, string Password, string Remember, string Submit, string Refused, string TooMany, string Foreign)
{
    private static readonly SignInText English = new(
        "en",
        "Sign in",
        "E-mail address",
        "Password",
        "Keep me signed in on this device",
        "Sign in",
        "The e-mail address or the password is not right, or there were too many attempts. After five, wait five minutes.",
        "Too many attempts. Wait a minute.",
        "This form was sent from another page. Please sign in here.");

    private static readonly SignInText French = new(
        "fr",
        "Connexion",
        "Adresse e-mail",
        "Mot de passe",
        "Rester connecté sur cet appareil",
        "Se connecter",
        "L’adresse e-mail ou le mot de passe n’est pas correct, ou il y a eu trop de tentatives. Après cinq, attendez cinq minutes.",
        "Trop de tentatives. Attendez une minute.",
        "Ce formulaire a été envoyé depuis une autre page. Connectez-vous ici.");

    /// <summary>The first language of the browser's list that the page speaks (RFC 9110, 12.5.4).</summary>
    public static SignInText For(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
        .Select(language => language switch { "fr" => French, "en" => English, _ => null })
        .FirstOrDefault(text => text is not null) ?? English;
}
