using System.Net;
using ChatKit.Gateway.Tests.Config;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline.PassThrough;

/// <summary><c>general_settings.pass_through_endpoints</c>.</summary>
public sealed class CustomPassThroughTests : PassThroughTest
{
    private protected override void Configure(ConfigFolder folder) => folder.Set("BRIA_KEY", "bria-secret").With(
        "config.yaml",
        $$"""
        model_list: []
        general_settings:
          pass_through_endpoints:
            - { path: /bria, target: "{{Upstream.Address}}/api/v2?tenant=7", include_subpath: true, headers: { api_token: os.environ/BRIA_KEY, Authorization: "Bearer os.environ/BRIA_KEY" } }
            - { path: /bria/exact, target: "{{Upstream.Address}}/exact", forward_headers: true }
            - { path: /open, target: "{{Upstream.Address}}/open", auth: false, forward_headers: true }
            - { path: /lacks, target: "{{Upstream.Address}}", headers: { key: os.environ/NOT_SET } }
        """);

    [Theory]
    [InlineData("/bria", "/api/v2?tenant=7")]
    [InlineData("/bria/v1/text-to-image?q=1", "/api/v2/v1/text-to-image?tenant=7&q=1")]
    [InlineData("/bria/exact", "/exact")]
    public async Task A_path_leads_to_its_target(string path, string target)
    {
        using var response = await SendAsync(HttpMethod.Post, path, "{}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(target, Upstream.Requests.Single().RawTarget);
    }

    [Fact]
    public async Task The_target_gets_the_configured_headers_and_the_client_s_only_where_that_is_said()
    {
        using var plain = await SendAsync(HttpMethod.Post, "/bria/x", "{}", ("x-mine", "1"));
        using var forwarding = await SendAsync(HttpMethod.Post, "/bria/exact", "{}", ("x-mine", "1"));

        var (first, second) = (Upstream.Requests[0].Headers, Upstream.Requests[1].Headers);
        Assert.Equal(("bria-secret", "Bearer bria-secret", false), (first["api_token"], first["Authorization"], first.ContainsKey("x-mine")));
        Assert.Equal(("1", false), (second["x-mine"], second.ContainsKey("Authorization")));
    }

    [Theory]
    [InlineData("/bria/exact/below", HttpStatusCode.OK)]
    [InlineData("/briar", HttpStatusCode.NotFound)]
    [InlineData("/open/below", HttpStatusCode.NotFound)]
    public async Task Only_what_lies_below_a_path_that_says_so_is_led_there(string path, HttpStatusCode status)
    {
        using var response = await SendAsync(HttpMethod.Get, path);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_key_is_asked_for_unless_the_path_says_no_and_then_the_client_s_own_goes_on()
    {
        using var refused = await SendAsync(HttpMethod.Post, "/bria/x", "{}", ("none", ""));
        using var open = await SendAsync(HttpMethod.Post, "/open", "{}", ("none", ""), ("Authorization", "Bearer the-clients-own"));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, open.StatusCode));
        Assert.Equal("Bearer the-clients-own", Upstream.Requests.Single().Headers["Authorization"]);
    }

    [Fact]
    public async Task A_header_by_a_variable_that_is_not_set_stops_its_path_and_no_other()
    {
        using var response = await SendAsync(HttpMethod.Post, "/lacks", "{}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("NOT_SET", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_of_a_new_configuration_is_served_without_a_restart()
    {
        Folder.With("config.yaml", $"{{ model_list: [], general_settings: {{ pass_through_endpoints: [{{ path: /fresh, target: '{Upstream.Address}/f' }}] }} }}");

        for (var patience = 0; patience < 600; patience++)
        {
            using var response = await SendAsync(HttpMethod.Get, "/fresh");
            if (response.StatusCode is HttpStatusCode.OK) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        Assert.Fail("The new path was never served.");
    }
}
