using System.Text.Json.Serialization;
using ChatKit.Data.Users;

namespace ChatKit.Backend.Access.Accounts;

/// <summary>An account as administrators see it.</summary>
internal sealed record Account(string Id, string Email, string Name, bool Administrator, bool Disabled, DateTime CreatedAt)
{
    public static Account Of(AccountRow row) => new(row.Id, row.Email!, row.DisplayName, row.IsAdministrator, row.DisabledAt is not null, row.CreatedAt);
}

internal sealed record AccountPage(IReadOnlyList<Account> Data, bool HasMore, string? After);

internal sealed record NewAccount(string Email, string Password, string? Name = null, bool Administrator = false);

/// <summary>What is null stays as it is.</summary>
internal sealed record AccountChange(string? Name = null, string? Password = null, bool? Administrator = null, bool? Disabled = null);

internal sealed record PasswordChange(string CurrentPassword, string NewPassword);

/// <summary>Who signs in; <see cref="Remember"/> keeps the cookie when the browser closes.</summary>
internal sealed record Credentials(string Email, string Password, bool Remember = false);

internal sealed record RefreshToken(string Token);

/// <summary>Who the page speaks for; <see cref="SignIn"/> says where to sign in, null where nobody can.</summary>
internal sealed record Session(SignedIn? User, string? SignIn);

internal sealed record SignedIn(string Id, string Name, bool Administrator);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(AccountPage))]
[JsonSerializable(typeof(NewAccount))]
[JsonSerializable(typeof(AccountChange))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(RefreshToken))]
[JsonSerializable(typeof(Session))]
internal sealed partial class AccountJson : JsonSerializerContext;
