using System.Text;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Otlp;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>
/// Secrets that are easy to find, put wherever a secret goes: into the environment, the file, a stored model, a team's metadata, wrong keys, a database and a Redis that
/// do not answer. Then everything that leaves the gateway is searched: every answer with its headers, every log line, the metrics, what a collector gets.
/// </summary>
public sealed class SecretsTests
{
    private const string Mark = "MARKED";
    private const string Master = "sk-MARKED-master-key-0123456789";

    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task No_secret_leaves_the_gateway(DatabaseKind kind)
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var upstream = await FakeUpstream.StartAsync(new OpenAiDialect());
        await using var host = await AdminHost.StartAsync(kind, folder => Configure(folder, upstream, collector));
        var seen = new StringBuilder();

        foreach (var (method, path, body, key) in Calls(upstream))
            await KeepAsync(seen, await host.SendAsync(method, path, body, key));
        foreach (var (method, path) in AdminRouteList.Of(host.Gateway))
            await KeepAsync(seen, await host.SendAsync(method, path, method is "GET" ? null : "{}", Master));
        foreach (var path in (string[])["/metrics", "/model/info", "/v1/models", "/health", "/health/readiness", "/audit?page_size=100", "/"])
            await KeepAsync(seen, await host.SendAsync("GET", path, key: Master));
        await collector.WaitForAsync(static received => received.Spans.Any(static span => span.Name.StartsWith("chat ", StringComparison.Ordinal)) && received.Points.Count > 0);

        seen.Append(host.Gateway.Logs);
        foreach (var span in collector.Spans) seen.AppendLine(span.ToString()).AppendLine(string.Join(' ', span.Attributes));
        foreach (var log in collector.Logs) seen.AppendLine(log.ToString());
        foreach (var point in collector.Points) seen.AppendLine(string.Join(' ', point.Attributes));
        var text = seen.ToString();
        Assert.DoesNotContain(Mark, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Master)), text);
    }

    [Fact]
    public async Task A_key_is_told_once_by_the_answer_that_makes_it()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);
        var made = await host.PostAsync("/key/generate", """{"key_alias":"once"}""");
        var key = made.GetProperty("key").GetString()!;
        var seen = new StringBuilder();

        await KeepAsync(seen, await host.SendAsync("GET", "/models", key: key));
        await KeepAsync(seen, await host.SendAsync("POST", "/v1/chat/completions", """{"model":"smart","messages":[{"role":"user","content":"hi"}]}""", key));
        await KeepAsync(seen, await host.SendAsync("GET", $"/key/info?key={key}"));
        await KeepAsync(seen, await host.SendAsync("POST", "/key/update", $$"""{"key":"{{key}}","max_budget":"much"}"""));
        await KeepAsync(seen, await host.SendAsync("POST", "/key/block", $$"""{"key":"{{key}}"}"""));
        await KeepAsync(seen, await host.SendAsync("GET", "/models", key: key));
        await KeepAsync(seen, await host.SendAsync("POST", "/key/delete", $$"""{"keys":["{{key}}"]}"""));
        await KeepAsync(seen, await host.SendAsync("GET", "/models", key: key));
        await KeepAsync(seen, await host.SendAsync("GET", "/audit?page_size=100"));
        seen.Append(host.Gateway.Logs);

        Assert.StartsWith("sk-", key);
        Assert.DoesNotContain(key, seen.ToString());
    }

    /// <summary>Where a password is most likely to slip out: in what a library says about an address that does not answer.</summary>
    [Fact]
    public async Task A_database_and_a_redis_that_do_not_answer_tell_no_password()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, static folder => folder
            .Set("DATABASE_URL", "postgresql://MARKED_user:MARKED_password@127.0.0.1:1/nowhere").Set("STORE_MODEL_IN_DB", "True")
            .Set("REDIS_HOST", "127.0.0.1").Set("REDIS_PORT", "1").Set("REDIS_PASSWORD", "MARKED_redis"));
        var seen = new StringBuilder();

        foreach (var (method, path) in AdminRouteList.Of(host.Gateway))
        {
            using var response = await host.SendAsync(method, path, method is "GET" ? null : "{}");
            seen.Append(await response.Content.ReadAsStringAsync());
        }

        Assert.Equal((503, "no_db_connection"), await DownAsync(host));
        seen.Append(host.Gateway.Logs);
        Assert.DoesNotContain(Mark, seen.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(int, string)> DownAsync(AdminHost host)
    {
        var refused = await host.RefusedAsync("POST", "/team/new", """{"team_alias":"x"}""");
        return (refused.Status, refused.Type);
    }

    private static void Configure(Config.ConfigFolder folder, FakeUpstream upstream, OtlpReceiver collector)
    {
        foreach (var (name, value) in collector.Environment) folder.Set(name, value);
        folder.Set("LITELLM_MASTER_KEY", Master).Set("LITELLM_SALT_KEY", "sk-MARKED-salt-key-0123456789").Set("STORE_MODEL_IN_DB", "True")
            .Set("REDIS_HOST", "127.0.0.1").Set("REDIS_PORT", "1").Set("REDIS_PASSWORD", "MARKED-redis-password").Set("PROVIDER_KEY", "sk-MARKED-provider-key-of-the-environment")
            .With("config.yaml", $$"""
                credential_list:
                  - credential_name: named
                    credential_values: { api_key: sk-MARKED-named-credential }
                model_list:
                  - model_name: by-variable
                    litellm_params: { model: openai/gpt-4o, api_base: {{upstream.ApiBase}}, api_key: os.environ/PROVIDER_KEY }
                  - model_name: by-text
                    litellm_params: { model: openai/gpt-4o, api_base: "{{upstream.ApiBase}}?token=MARKED-in-the-address", api_key: sk-MARKED-in-the-file, extra_headers: { X-Secret: MARKED-in-a-header } }
                  - model_name: by-name
                    litellm_params: { model: openai/gpt-4o, api_base: {{upstream.ApiBase}}, litellm_credential_name: named }
                """);
    }

    private static IEnumerable<(string Method, string Path, string? Body, string? Key)> Calls(FakeUpstream upstream)
    {
        yield return ("POST", "/model/new", $$"""{"model_name":"stored","litellm_params":{"model":"openai/gpt-4o","api_base":"{{upstream.ApiBase}}","api_key":"sk-MARKED-stored","extra_headers":{"X-Secret":"MARKED-stored-header"} },"model_info":{"id":"m"} }""", Master);
        yield return ("POST", "/model/update", """{"litellm_params":{"api_key":"sk-MARKED-stored-next"},"model_info":{"id":"m"}}""", Master);
        yield return ("POST", "/model/new", """{"model_name":"bad","litellm_params":{"model":"nowhere/x","api_key":"sk-MARKED-refused","rpm":"MARK-not-a-number"}}""", Master);
        yield return ("POST", "/team/new", """{"team_id":"core","metadata":{"callback_secret":"MARKED-in-metadata"}}""", Master);
        yield return ("POST", "/team/delete", """{"team_ids":["core"]}""", Master);
        foreach (var model in (string[])["by-variable", "by-text", "by-name", "stored", "nowhere"])
        {
            var chat = $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}""";
            yield return ("POST", "/v1/chat/completions", chat, Master);
            yield return ("POST", "/v1/messages", $$"""{"model":"{{model}}","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", Master);
            yield return ("POST", "/v1/chat/completions", chat, "sk-MARKED-key-of-nobody-0123456789");
            yield return ("POST", "/v1/chat/completions", chat, "MARKED-no-virtual-key-at-all-0123");
        }

        yield return ("GET", "/model/info", null, "sk-MARKED-key-of-nobody-0123456789");
        yield return ("POST", "/team/new", "{}", "sk-MARKED-key-of-nobody-0123456789");
    }

    private static async Task KeepAsync(StringBuilder seen, HttpResponseMessage response)
    {
        using (response)
        {
            seen.Append((int)response.StatusCode).Append(' ').AppendLine(response.RequestMessage!.RequestUri!.AbsolutePath).Append(response.Headers).Append(response.Content.Headers);
            var text = await response.Content.ReadAsStringAsync();
            // What a caller put into metadata of a team is theirs to read again; the log and the audit log do without it.
            seen.AppendLine(response.RequestMessage.RequestUri.AbsolutePath is "/team/new" && response.IsSuccessStatusCode ? "" : text);
        }
    }
}
