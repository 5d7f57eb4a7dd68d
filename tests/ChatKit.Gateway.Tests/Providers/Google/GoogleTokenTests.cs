using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Google;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Google;

public sealed class GoogleTokenTests : IAsyncLifetime
{
    private FakeTokenEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await FakeTokenEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task One_fetch_serves_all_who_wait_and_all_who_come_later()
    {
        var gate = new TaskCompletionSource();
        _endpoint.Gate = gate.Task;
        var source = Source();
        var waiting = Enumerable.Range(0, 20).Select(_ => source.GetTokenAsync(CancellationToken.None).AsTask()).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(waiting), token => Assert.Equal("ya29.token-1", token));
        Assert.Equal("ya29.token-1", await source.GetTokenAsync(CancellationToken.None));
        Assert.Equal(1, _endpoint.Issued);
    }

    [Fact]
    public async Task A_token_about_to_run_out_is_not_given_out()
    {
        _endpoint.Lifetime = 60;
        var source = Source();

        Assert.NotEqual(await source.GetTokenAsync(CancellationToken.None), await source.GetTokenAsync(CancellationToken.None));
    }

    [Fact]
    public void Deployments_of_one_identity_share_its_tokens()
    {
        var tokens = new GoogleTokens();
        Assert.Same(tokens.Of(new GoogleIdentity(new Secret(_endpoint.Account))), tokens.Of(new GoogleIdentity(new Secret(_endpoint.Account))));
        Assert.NotSame(tokens.Of(new GoogleIdentity(new Secret(_endpoint.Account))), tokens.Of(new GoogleIdentity(null)));
    }

    [Fact]
    public async Task A_refusal_is_said_without_the_secret_and_is_not_kept()
    {
        _endpoint.Refuses = true;
        var source = Source();

        var error = await Assert.ThrowsAsync<CredentialException>(() => source.GetTokenAsync(CancellationToken.None).AsTask());
        Assert.Equal("Google gave no access token for the configured credentials: invalid_grant.", error.Message);

        _endpoint.Refuses = false;
        Assert.StartsWith("ya29.", await source.GetTokenAsync(CancellationToken.None), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"type":"new_kind"}""")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"type":"service_account","client_email":"a@b","private_key":"no key"}""")]
    public async Task Credentials_of_no_kind_that_Google_knows_are_said_to_be_so(string json)
    {
        var error = await Assert.ThrowsAsync<CredentialException>(() => new GoogleTokens().Of(new GoogleIdentity(new Secret(json))).GetTokenAsync(CancellationToken.None).AsTask());
        Assert.Equal("The configured Google credentials are not a credential file that Google knows.", error.Message);
    }

    private ITokenSource Source() => new GoogleTokens().Of(new GoogleIdentity(new Secret(_endpoint.Account)));
}
