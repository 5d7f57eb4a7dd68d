using Microsoft.AspNetCore.Mvc;

namespace ChatKit.Backend.Access.Accounts;

/// <summary>The administrators' API: who may chat. Problems are problem+json, as everywhere.</summary>
internal static class AccountEndpoints
{
    private const int DefaultPage = 100;

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/api/users")
            .RequireAuthorization(Principals.Administrator)
            .WithMetadata(new RequestSizeLimitAttribute(JsonBody.MaxBytes));
        accounts.MapGet("", ListAsync);
        accounts.MapPost("", CreateAsync);
        accounts.MapPatch("/{id}", ChangeAsync);
        accounts.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<IResult> ListAsync(string? limit, string? after, AccountDirectory accounts, CancellationToken cancel)
    {
        var size = DefaultPage;
        if (limit is not null && (!int.TryParse(limit, out size) || size < 1))
            return Problems.Unprocessable("`limit` is a number from 1.");
        return TypedResults.Json(await accounts.ListAsync(Math.Min(size, AccountDirectory.MaxPage), after, cancel), AccountJson.Default.AccountPage);
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, AccountDirectory accounts, CancellationToken cancel)
    {
        if ((await JsonBody.ReadAsync(request, AccountJson.Default.NewAccount, cancel)).IsProblem(out var problem, out var asked))
            return problem;
        return (await accounts.CreateAsync(asked)).IsProblem(out problem, out var row)
            ? problem
            : TypedResults.Json(Account.Of(row), AccountJson.Default.Account, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(string id, HttpRequest request, AccountDirectory accounts, OpenRequests open, CancellationToken cancel)
    {
        if ((await JsonBody.ReadAsync(request, AccountJson.Default.AccountChange, cancel)).IsProblem(out var problem, out var change))
            return problem;
        if (await accounts.FindAsync(id) is not { } row)
            return Problems.NotFound("account");
        if ((await accounts.ChangeAsync(row, change)).IsProblem(out problem, out row))
            return problem;
        if (row.DisabledAt is not null)
            open.Cut(row.Id);
        return TypedResults.Json(Account.Of(row), AccountJson.Default.Account);
    }

    /// <summary>All that the person wrote goes with the account.</summary>
    private static async Task<IResult> DeleteAsync(string id, AccountDirectory accounts, PersonalData data, OpenRequests open, CancellationToken cancel)
    {
        if (await accounts.FindAsync(id) is not { } row)
            return Problems.NotFound("account");
        // First nobody can use it any more; then nothing can be added to what is deleted.
        if ((await accounts.ChangeAsync(row, new AccountChange(Disabled: true))).IsProblem(out var problem, out row))
            return problem;
        open.Cut(id);
        await data.DeleteAsync(id, cancel);
        return await accounts.DeleteAsync(row) is { } conflict ? conflict : TypedResults.NoContent();
    }
}
