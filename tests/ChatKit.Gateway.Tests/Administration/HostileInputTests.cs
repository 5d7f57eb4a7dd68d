using System.Net;
using System.Text;
using ChatKit.Data.Gateway;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>
/// Hostile input on every administrative route, on both databases: refused with a clear 4xx, nothing stored, nothing reflected in a header. The routes come out of the
/// route table, the members out of the list below: each attack goes into each member of each route.
/// </summary>
public sealed class HostileInputTests
{
    private const string Injection = "x'); DROP TABLE teams; --";

    /// <summary>The names by which requests say which thing they mean or what it is called.</summary>
    private static readonly string[] Members =
    [
        "key", "key_alias", "keys", "key_aliases", "user_id", "user_ids", "user_email", "user_alias", "user_role", "team_id", "team_ids", "team_alias", "organization_id", "models", "tags",
        "alias", "name", "names", "description", "budget_id", "budgets", "id", "budget_duration", "duration", "max_budget", "rpm_limit", "tpm_limit", "blocked", "metadata", "member",
        "members_with_roles", "model_name", "litellm_params", "model_info", "default_model", "allowed_model_region", "allowed_routes", "guardrails", "permissions", "model_aliases", "request_id",
    ];

    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Texts_that_no_database_or_line_can_hold_are_refused_everywhere(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind, static folder => folder.Set("STORE_MODEL_IN_DB", "True"));
        var wrong = new List<string>();
        foreach (var (method, path) in Bodies(host))
        {
            foreach (var bad in (string[])["a\\u0000b", "\\ud800", "\\udc00x"])
            {
                // Every member at once, so that every route has one that it reads.
                await ExpectAsync(host, wrong, method, path, Everywhere($"\"{bad}\""), 400);
                await ExpectAsync(host, wrong, method, path, $$$"""{"metadata":{"deep":[{"{{{bad}}}":1}]}}""", 400);
                await ExpectAsync(host, wrong, method, path, $$$"""{"metadata":{"deep":["{{{bad}}}"]}}""", 400);
            }

            await ExpectAsync(host, wrong, method, path, Everywhere("\"a\\r\\nX-Injected: 1\""), 400);
        }

        Assert.Empty(wrong);
        await NothingIsStoredAsync(host);
    }

    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Injected_sql_changes_nothing_wherever_it_stands(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind, static folder => folder.Set("STORE_MODEL_IN_DB", "True"));
        var wrong = new List<string>();
        foreach (var (method, path) in AdminRouteList.Of(host.Gateway))
        {
            var query = string.Join('&', Members.Concat(["end_user_id", "sort_by", "sort_order", "page", "page_size", "changed_by", "action", "table_name", "object_id", "start_date", "end_date", "role", "team", "user_ids"])
                .Distinct().Select(static member => $"{member}={Uri.EscapeDataString(Injection)}"));
            using var asked = await host.SendAsync(method, $"{path}?{query}", method is "GET" ? null : Everywhere($"\"{Injection}\""));
            if ((int)asked.StatusCode >= 500 || (method is not "GET" && asked.IsSuccessStatusCode)) wrong.Add($"{method} {path}: {(int)asked.StatusCode} {await asked.Content.ReadAsStringAsync()}");
            if (asked.Headers.Concat(asked.Content.Headers).Any(header => header.Value.Any(value => value.Contains("DROP", StringComparison.OrdinalIgnoreCase)))) wrong.Add($"{method} {path}: reflected");
        }

        Assert.Empty(wrong);
        await NothingIsStoredAsync(host);
    }

    /// <summary>What people are called is theirs to choose: it is kept as data, to the letter, and does nothing.</summary>
    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_name_with_sql_in_it_is_a_name(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind);

        await host.PostAsync("/team/new", $$"""{"team_id":"core","team_alias":"{{Injection}}","metadata":{"note":"{{Injection}}\r\n"} }""");
        await host.PostAsync("/customer/new", $$"""{"user_id":"{{Injection}}","alias":"O'Brien"}""");

        var team = (await host.GetAsync("/team/info?team_id=core")).GetProperty("team_info");
        var customer = await host.GetAsync($"/customer/info?end_user_id={Uri.EscapeDataString(Injection)}");
        Assert.Equal((Injection, Injection + "\r\n"), (team.GetProperty("team_alias").GetString(), team.GetProperty("metadata").GetProperty("note").GetString()));
        Assert.Equal((Injection, "O'Brien"), (customer.GetProperty("user_id").GetString(), customer.GetProperty("alias").GetString()));
        Assert.Equal((400, "team_id"), Short(await host.RefusedAsync("POST", "/team/new", $$"""{"team_id":"{{Injection}}"}""")));
    }

    [Fact]
    public async Task Bodies_that_are_no_object_too_deep_too_large_or_ambiguous_are_refused_everywhere()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, static folder => folder.Set("STORE_MODEL_IN_DB", "True"));
        var wrong = new List<string>();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000);
        foreach (var (method, path) in Bodies(host))
        {
            foreach (var body in (string[])["[]", "\"text\"", "null", "7", "{", "{}{}", "nonsense", "{\"a\":1,\"a\":2}", "{\"user_id\":\"a\",\"user_id\":\"b\"}", deep, "{'a':1}", "{\"a\":NaN}", "\u0000"])
                await ExpectAsync(host, wrong, method, path, body, 400);
            await ExpectAsync(host, wrong, method, path, Everywhere("[[1]]"), 400);
            await ExpectAsync(host, wrong, method, path, Everywhere("-1e400"), 400);
        }

        Assert.Empty(wrong);
        await NothingIsStoredAsync(host);
    }

    [Fact]
    public async Task Twenty_megabytes_are_refused_by_name_and_the_gateway_goes_on()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);
        var large = $$"""{"team_alias":"{{new string('x', 20 * 1024 * 1024)}}"}""";
        foreach (var path in (string[])["/team/new", "/user/update", "/model/new"])
            Assert.Equal((413, path), ((await host.RefusedAsync("POST", path, large)).Status, path));

        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/team/new") { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(large))) };
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Headers.Add("Authorization", $"Bearer {AdminHost.MasterKey}");
        using var refused = await host.Gateway.Client.SendAsync(chunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        await NothingIsStoredAsync(host);
        await host.PostAsync("/team/new", """{"team_id":"after"}""");
    }

    [Fact]
    public async Task Headers_that_claim_another_path_method_host_or_person_mean_nothing()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);
        var key = await host.UserKeyAsync("ida", "internal_user");
        var wrong = new List<string>();
        (string, string)[] tricks =
        [
            ("X-Original-URL", "/health/liveliness"), ("X-Rewrite-URL", "/models"), ("X-HTTP-Method-Override", "GET"), ("X-HTTP-Method", "GET"), ("X-Method-Override", "GET"), ("Host", "admin.internal"),
            ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Host", "127.0.0.1"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/health"), ("Forwarded", "for=127.0.0.1;host=localhost"),
            ("X-Real-IP", "127.0.0.1"), ("X-User-Role", "proxy_admin"), ("litellm-changed-by", "root"), ("X-LiteLLM-User", "root"),
        ];
        foreach (var (method, path) in AdminRouteList.Of(host.Gateway))
        {
            foreach (var (name, value) in tricks)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method is "GET" ? null : new StringContent("{}", Encoding.UTF8, "application/json") };
                request.Headers.TryAddWithoutValidation(name, value);
                using var response = await host.Gateway.Client.SendAsync(request);
                if (response.StatusCode is not HttpStatusCode.Unauthorized) wrong.Add($"{method} {path} {name}: {(int)response.StatusCode}");
            }
        }

        foreach (var (name, value) in tricks)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/team/new") { Content = new StringContent("""{"team_id":"tricked"}""", Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation(name, value);
            request.Headers.Add("Authorization", $"Bearer {key}");
            using var response = await host.Gateway.Client.SendAsync(request);
            if (response.StatusCode is not HttpStatusCode.Forbidden) wrong.Add($"{name} as internal_user: {(int)response.StatusCode}");
        }

        Assert.Empty(wrong);
        await NothingIsStoredAsync(host, users: 1, keys: 1);
    }

    [Theory]
    [InlineData("/TEAM/NEW")]
    [InlineData("/team/new/")]
    [InlineData("//team/new")]
    [InlineData("/team//new")]
    [InlineData("/team%2Fnew")]
    [InlineData("/team/%6Eew")]
    [InlineData("/./team/new")]
    [InlineData("/health/../team/new")]
    [InlineData("/health/%2e%2e/team/new")]
    [InlineData("/team/new;a=b")]
    [InlineData("/team/new%20")]
    [InlineData("/team/new%00")]
    [InlineData("/v1/../team/new")]
    public async Task However_a_path_is_spelt_it_is_the_route_or_none(string path)
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);
        var key = await host.UserKeyAsync("ida", "internal_user");

        foreach (var (caller, allowed) in ((string?, int[])[])[(null, [400, 401, 404, 405]), (key, [400, 403, 404, 405])])
        {
            var status = await RawAsync(host, $"POST {path}", caller);
            Assert.True(allowed.Contains(status), $"{path}: {status}");
        }

        await NothingIsStoredAsync(host, users: 1, keys: 1);
    }

    [Fact]
    public async Task Queries_with_control_characters_or_two_meanings_are_refused_everywhere()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);
        var wrong = new List<string>();
        foreach (var (method, path) in AdminRouteList.Of(host.Gateway))
        {
            foreach (var query in (string[])["user_id=a%0d%0aX-Injected:1", "team_id=a%00b", "user_id=a&user_id=b", "a%0ab=1", "page=1%0a"])
                await ExpectAsync(host, wrong, method, $"{path}?{query}", method is "GET" ? null : "{}", 400);
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<(string Method, string Path)> Bodies(AdminHost host) => AdminRouteList.Of(host.Gateway).Where(static route => route.Method is not "GET");

    private static string Everywhere(string value) => $"{{{string.Join(',', Members.Select(member => $"\"{member}\":{value}"))}}}";

    private static async Task ExpectAsync(AdminHost host, List<string> wrong, string method, string path, string? body, int status)
    {
        using var response = await host.SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode != status) wrong.Add($"{method} {path} {body?[..Math.Min(60, body.Length)]}: {(int)response.StatusCode} {text}");
        if (response.Headers.Contains("X-Injected")) wrong.Add($"{method} {path}: a header was injected");
        if (!text.StartsWith("""{"error":{""", StringComparison.Ordinal)) wrong.Add($"{method} {path}: {text}");
    }

    private static async Task NothingIsStoredAsync(AdminHost host, int users = 0, int keys = 0)
    {
        await using var rows = await host.Gateway.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync();
        Assert.Equal(
            (0, users, 0, 0, 0, 0, keys),
            (await rows.Teams.CountAsync(), await rows.Users.CountAsync(), await rows.Customers.CountAsync(), await rows.Budgets.CountAsync(), await rows.Tags.CountAsync(), await rows.StoredModels.CountAsync(), await rows.Keys.CountAsync()));
    }

    /// <summary>The path as it stands, which an HTTP client would tidy up first.</summary>
    private static async Task<int> RawAsync(AdminHost host, string start, string? key)
    {
        const string Body = """{"team_id":"tricked"}""";
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync("127.0.0.1", host.Gateway.Client.BaseAddress!.Port);
        var authorization = key is null ? "" : $"Authorization: Bearer {key}\r\n";
        var request = $"{start} HTTP/1.1\r\nHost: 127.0.0.1\r\n{authorization}Content-Type: application/json\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(socket.GetStream());
        var line = await reader.ReadLineAsync();
        return int.Parse(line!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static (int Status, string? Param) Short(Hosting.ErrorAnswer error) => (error.Status, error.Param);
}
