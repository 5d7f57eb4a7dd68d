using System.Text.Json;
using ChatKit.Data.Gateway;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Upstream;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>Models that are added, changed and removed while the gateway runs: live at once here, within a second elsewhere, their credentials sealed.</summary>
public sealed class StoredModelTests
{
    private const string Salt = "sk-salt-of-the-tests-0123456789";

    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_model_is_live_with_its_answer_and_gone_with_its_deletion(DatabaseKind kind)
    {
        await using var upstream = await FakeUpstream.StartAsync(new OpenAiDialect());
        await using var host = await AdminHost.StartAsync(kind, static folder => Storing(folder));

        var made = await host.PostAsync("/model/new", New(upstream, "fast", "m1"));
        await AnswersAsync(host, "fast", 200);
        var shown = Single(await host.GetAsync("/model/info?litellm_model_id=m1"));
        await host.PostAsync("/model/update", """{"model_name":"faster","litellm_params":{"rpm":5},"model_info":{"id":"m1"}}""");
        await AnswersAsync(host, "faster", 200);
        await AnswersAsync(host, "fast", 400);
        var deleted = await host.PostAsync("/model/delete", """{"id":"m1"}""");
        await AnswersAsync(host, "faster", 400);

        Assert.Equal(("m1", "fast"), (made.GetProperty("model_id").GetString(), made.GetProperty("model_name").GetString()));
        Assert.True(shown.GetProperty("model_info").GetProperty("db_model").GetBoolean());
        Assert.Equal("blue", shown.GetProperty("model_info").GetProperty("team_color").GetString());
        Assert.Equal("Model: m1 deleted successfully", deleted.GetProperty("message").GetString());
        foreach (var answer in (JsonElement[])[made, shown]) Assert.DoesNotContain(OpenAiDialect.Key, answer.GetRawText());
        Assert.DoesNotContain(OpenAiDialect.Key, host.Gateway.Logs.ToString());
    }

    [Fact]
    public async Task Every_text_of_a_stored_model_is_sealed()
    {
        await using var upstream = await FakeUpstream.StartAsync(new OpenAiDialect());
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, static folder => Storing(folder));
        await host.PostAsync("/model/new", New(upstream, "fast", "m1"));

        await using var rows = await RowsAsync(host);
        var row = await rows.StoredModels.SingleAsync();
        using var parameters = JsonDocument.Parse(row.Parameters);

        Assert.All(parameters.RootElement.EnumerateObject().Where(member => member.Value.ValueKind is JsonValueKind.String), member => Assert.StartsWith("v3:gcm:", member.Value.GetString()));
        Assert.DoesNotContain(OpenAiDialect.Key, row.Parameters + row.Info);
        Assert.Equal(7, parameters.RootElement.GetProperty("tpm").GetInt32());
    }

    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Another_replica_takes_a_model_over_without_a_restart(DatabaseKind kind)
    {
        await using var upstream = await FakeUpstream.StartAsync(new OpenAiDialect());
        await using var host = await AdminHost.StartAsync(kind, static folder => Storing(folder));
        await using var other = await host.ReplicaAsync(static folder => Storing(folder));

        await host.PostAsync("/model/new", New(upstream, "fast", "m1"));
        await EventuallyAsync(other, "fast", 200);
        await host.PostAsync("/model/update", """{"model_name":"faster","litellm_params":{},"model_info":{"id":"m1"}}""");
        await EventuallyAsync(other, "faster", 200);
        await host.PostAsync("/model/delete", """{"id":"m1"}""");
        await EventuallyAsync(other, "faster", 400);
    }

    [Fact]
    public async Task Models_are_there_with_the_first_call_after_a_restart()
    {
        await using var upstream = await FakeUpstream.StartAsync(new OpenAiDialect());
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, static folder => Storing(folder));
        await host.PostAsync("/model/new", New(upstream, "fast", "m1"));

        await using var restarted = await host.ReplicaAsync(static folder => Storing(folder));

        await AnswersAsync(restarted, "fast", 200);
        await AnswersAsync(restarted, "smart", 200);
    }

    [Fact]
    public async Task A_wrong_salt_is_said_and_keeps_everything_else_running()
    {
        await using var upstream = await FakeUpstream.StartAsync(new OpenAiDialect());
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, static folder => Storing(folder));
        await host.PostAsync("/model/new", New(upstream, "old", "m1"));

        await using var other = await host.ReplicaAsync(static folder => Storing(folder).Set("LITELLM_SALT_KEY", "sk-another-salt"));
        await other.PostAsync("/model/new", New(upstream, "new", "m2"));

        await AnswersAsync(other, "smart", 200);
        await AnswersAsync(other, "new", 200);
        await AnswersAsync(other, "old", 400);
        Assert.Contains("The model old (m1) of the database was sealed under another key", other.Gateway.Logs.ToString());
        Assert.Contains("sealed under another key", (await other.RefusedAsync("POST", "/model/update", """{"model_info":{"id":"m1"},"litellm_params":{"rpm":1}}""")).Message);
    }

    [Fact]
    public async Task Without_a_salt_the_master_key_seals()
    {
        await using var upstream = await FakeUpstream.StartAsync(new OpenAiDialect());
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, static folder => folder.Set("STORE_MODEL_IN_DB", "True"));

        await host.PostAsync("/model/new", New(upstream, "fast", "m1"));

        await AnswersAsync(host, "fast", 200);
    }

    [Theory]
    [InlineData("""{"model_name":"m","litellm_params":{"model":"nowhere/x"}}""", "litellm_params.model: LLM Provider NOT provided")]
    [InlineData("""{"model_name":"m","litellm_params":{"model":"openai/x","rpm":"many"}}""", "litellm_params.rpm: must be a whole number")]
    [InlineData("""{"model_name":"m","litellm_params":{"model":"openai/x","api_base":"ftp://x"}}""", "litellm_params.api_base: must be an absolute http or https address")]
    [InlineData("""{"model_name":"m","litellm_params":{"model":"openai/*"}}""", "litellm_params.model: has more *")]
    [InlineData("""{"model_name":"m","litellm_params":{"model":"*"}}""", "litellm_params.model: \"*\" stands for every provider only in a file")]
    [InlineData("""{"model_name":"m","litellm_params":{"model":"openai/x","api_key":"os.environ/LITELLM_MASTER_KEY"}}""", "must not refer to LITELLM_MASTER_KEY")]
    [InlineData("""{"model_name":"m","litellm_params":{"model":"openai/x","extra_headers":{"X":"os.environ/DATABASE_URL"}}}""", "must not refer to DATABASE_URL")]
    [InlineData("""{"model_name":"m","litellm_params":{"model":"openai/x","extra_headers":{"X":"a\r\nb"}}}""", "must be printable text on one line")]
    [InlineData("""{"model_name":"m","litellm_params":{"rpm":1}}""", "litellm_params.model: is required")]
    [InlineData("""{"model_name":"m"}""", "litellm_params: is required")]
    [InlineData("""{"litellm_params":{"model":"openai/x"}}""", "model_name: is required")]
    public async Task What_the_file_would_refuse_is_refused_with_its_path(string body, string reason)
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, static folder => Storing(folder));

        var refused = await host.RefusedAsync("POST", "/model/new", body);

        Assert.Equal(400, refused.Status);
        Assert.Contains(reason, refused.Message);
        await using var rows = await RowsAsync(host);
        Assert.Equal(0, await rows.StoredModels.CountAsync());
    }

    [Fact]
    public async Task What_came_back_masked_stays_as_it_was_and_a_patch_takes_away()
    {
        await using var upstream = await FakeUpstream.StartAsync(new OpenAiDialect());
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, static folder => Storing(folder));
        var made = await host.PostAsync("/model/new", New(upstream, "fast", "m1"));
        var masked = made.GetProperty("litellm_params").GetProperty("api_key").GetString()!;

        await host.PostAsync("/model/update", $$"""{"litellm_params":{"api_key":"{{masked}}","tpm":null,"rpm":9},"model_info":{"id":"m1"} }""");
        using var patched = await host.SendAsync("PATCH", "/model/m1/update", """{"litellm_params":{"rpm":null},"model_info":{"team_color":null}}""");
        var shown = Single(await host.GetAsync("/model/info?litellm_model_id=m1"));

        Assert.StartsWith("****", masked);
        Assert.True(patched.IsSuccessStatusCode);
        Assert.Equal((7, false), (shown.GetProperty("litellm_params").GetProperty("tpm").GetInt32(), shown.GetProperty("litellm_params").TryGetProperty("rpm", out _)));
        Assert.False(shown.GetProperty("model_info").TryGetProperty("team_color", out _));
        await AnswersAsync(host, "fast", 200);
    }

    [Fact]
    public async Task Models_of_the_file_are_not_changed_and_ids_are_not_taken_twice()
    {
        await using var upstream = await FakeUpstream.StartAsync(new OpenAiDialect());
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, static folder => Storing(folder).With("config.yaml", """
            model_list:
              - model_name: smart
                litellm_params: { model: openai/gpt-4o, mock_response: hello }
                model_info: { id: of-the-file }
            """));
        await host.PostAsync("/model/new", New(upstream, "fast", "m1"));

        Assert.Equal(409, (await host.RefusedAsync("POST", "/model/new", New(upstream, "again", "m1"))).Status);
        Assert.Equal(409, (await host.RefusedAsync("POST", "/model/new", New(upstream, "again", "of-the-file"))).Status);
        Assert.Contains("stands in the configuration file", (await host.RefusedAsync("POST", "/model/delete", """{"id":"of-the-file"}""")).Message);
        Assert.Equal(404, (await host.RefusedAsync("POST", "/model/delete", """{"id":"nowhere"}""")).Status);
    }

    [Fact]
    public async Task Nothing_is_stored_where_nobody_said_that_it_may_be()
    {
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite);

        var refused = await host.RefusedAsync("POST", "/model/new", """{"model_name":"m","litellm_params":{"model":"openai/x"}}""");

        Assert.Equal(400, refused.Status);
        Assert.Contains("STORE_MODEL_IN_DB", refused.Message);
    }

    private static Config.ConfigFolder Storing(Config.ConfigFolder folder) => folder.Set("STORE_MODEL_IN_DB", "True").Set("LITELLM_SALT_KEY", Salt);

    private static string New(FakeUpstream upstream, string name, string id) =>
        $$"""{"model_name":"{{name}}","litellm_params":{"model":"openai/gpt-4o-upstream","api_base":"{{upstream.ApiBase}}","api_key":"{{OpenAiDialect.Key}}","tpm":7},"model_info":{"id":"{{id}}","team_color":"blue"} }""";

    private static JsonElement Single(JsonElement list) => Assert.Single(list.GetProperty("data").EnumerateArray());

    private static Task<GatewayDbContext> RowsAsync(AdminHost host) => host.Gateway.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync();

    private static async Task AnswersAsync(AdminHost host, string model, int status) => Assert.Equal((model, status), (model, await StatusAsync(host, model)));

    private static async Task EventuallyAsync(AdminHost host, string model, int status)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (await StatusAsync(host, model) != status)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"{model} does not answer {status}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static async Task<int> StatusAsync(AdminHost host, string model)
    {
        using var response = await host.SendAsync("POST", "/v1/chat/completions", $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}""");
        return (int)response.StatusCode;
    }
}
