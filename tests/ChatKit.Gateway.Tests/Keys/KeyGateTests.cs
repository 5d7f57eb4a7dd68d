using System.Net;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

public sealed class KeyGateTests
{
    private static readonly GatewaySettings Keyed = new() { MasterKey = new Secret("sk-master-0123456789") };
    private static readonly GatewaySettings Keyless = new();

    [Theory]
    [InlineData("Authorization", "Bearer sk-master-0123456789")]
    [InlineData("Authorization", "bearer  sk-master-0123456789 ")]
    [InlineData("Authorization", "sk-master-0123456789")]
    [InlineData("api-key", "sk-master-0123456789")]
    [InlineData("x-api-key", "sk-master-0123456789")]
    [InlineData("x-goog-api-key", "sk-master-0123456789")]
    [InlineData("X-LiteLLM-API-Key", "Bearer sk-master-0123456789")]
    [InlineData("X-My-Key", "sk-master-0123456789")]
    public void The_key_is_found_wherever_clients_put_it(string header, string value)
    {
        var http = Request((header, value));
        Assert.Null(Admit(http, Keyed with { KeyHeaderName = "X-My-Key" }, out var caller));
        Assert.Same(Caller.Master, caller);
    }

    [Theory]
    [InlineData("sk-master-012345678")]
    [InlineData("sk-master-01234567890")]
    [InlineData("SK-MASTER-0123456789")]
    [InlineData("")]
    public void Almost_the_key_is_not_the_key(string key)
    {
        Assert.Equal(401, Admit(Request(("Authorization", $"Bearer {key}")), Keyed, out var caller)?.Status);
        Assert.Null(caller);
    }

    [Fact]
    public void The_gateways_own_header_goes_before_Authorization()
    {
        var http = Request(("Authorization", "Bearer somebody-elses"), ("x-litellm-api-key", "sk-master-0123456789"));
        Assert.Null(Admit(http, Keyed, out _));
    }

    [Fact]
    public void A_master_key_need_not_look_like_a_virtual_key() =>
        Assert.Null(Admit(Request(("api-key", "secret")), new GatewaySettings { MasterKey = new Secret("secret") }, out _));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData(null, true)]
    [InlineData("10.0.0.7", false)]
    [InlineData("::ffff:10.0.0.7", false)]
    [InlineData("2001:db8::1", false)]
    public void Without_a_key_only_this_machine_is_served(string? address, bool served)
    {
        var http = Request();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        var error = Admit(http, Keyless, out var caller);
        Assert.Equal(served ? null : 403, error?.Status);
        Assert.Same(served ? Caller.Loopback : null, caller);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "rebound.example")]
    public void Without_a_key_a_call_on_behalf_of_elsewhere_is_refused(string header, string value)
    {
        Assert.Equal(403, Admit(Request((header, value)), Keyless, out _)?.Status);
        Assert.Null(Admit(Request((header, value), ("api-key", "sk-master-0123456789")), Keyed, out _));
    }

    [Theory]
    [InlineData("http://localhost:8000")]
    [InlineData("http://127.0.0.1:3000")]
    [InlineData("http://[::1]:3000")]
    public void Without_a_key_a_local_page_may_call(string origin) =>
        Assert.Null(Admit(Request(("Origin", origin)), Keyless, out _));

    private static GatewayError? Admit(HttpContext http, GatewaySettings settings, out Caller? caller)
    {
        (caller, var error) = KeyGates.MasterKeyOnly().AdmitAsync(http, settings).AsTask().GetAwaiter().GetResult();
        return error;
    }

    private static DefaultHttpContext Request(params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Request.Host = new HostString("localhost:4000");
        foreach (var (name, value) in headers) http.Request.Headers[name] = value;
        return http;
    }
}
