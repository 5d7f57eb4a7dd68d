using System.Text.Encodings.Web;

namespace ChatKit.Backend.Access.SignIn;

/// <summary>The page itself: a form, without a script, so that nothing can be run in it.</summary>
internal static class SignInForm
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    /// <param name="text">In the visitor's language.</param>
    /// <param name="goOn">Where to go afterwards; a path of ours.</param>
    /// <param name="email">What was typed before.</param>
    /// <param name="problem">What was wrong with it; null the first time.</param>
    public static string Render(SignInText text, string goOn, string email, string? problem) => $"""
        <!doctype html>
        <html lang="{text.Language}">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <meta name="robots" content="noindex">
          <title>{Html.Encode(text.Title)} · ChatKit</title>
          <link rel="icon" href="/favicon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/styles/tokens.css">
          <link rel="stylesheet" href="/styles/base.css">
          <link rel="stylesheet" href="/styles/sign-in.css">
        </head>
        <body>
          <main class="sign-in">
            <p class="sign-in-brand"><img src="/favicon.svg" alt="" width="28" height="28">ChatKit</p>
            <h1>{Html.Encode(text.Title)}</h1>
            {Problem(problem)}
            <form method="post" action="{SignInPage.Path}">
              <input type="hidden" name="return" value="{Html.Encode(goOn)}">
              <label for="email">{Html.Encode(text.Email)}</label>
              <input id="email" name="email" type="email" autocomplete="username" required value="{Html.Encode(email)}"{Focus(email.Length == 0)}{Described(problem)}>
              <label for="password">{Html.Encode(text.Password)}</label>
              <input id="password" name="password" type="password" autocomplete="current-password" required{Focus(email.Length > 0)}{Described(problem)}>
              <label class="sign-in-remember"><input name="remember" type="checkbox" value="true"> {Html.Encode(text.Remember)}</label>
              <button class="button primary" type="submit">{Html.Encode(text.Submit)}</button>
            </form>
          </main>
        </body>
        </html>
        """;

    private static string Problem(string? problem) => problem is null ? "" : $"""<p class="sign-in-problem" id="problem" role="alert">{Html.Encode(problem)}</p>""";

    private static string Described(string? problem) => problem is null ? "" : " aria-invalid=\"true\" aria-describedby=\"problem\"";

    private static string Focus(bool here) => here ? " autofocus" : "";
}
