using System.Text.Json;
using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>Customers, named budgets and tags over the routes, on either database.</summary>
public sealed class CustomerTests
{
    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_customer_has_their_own_limits_over_those_of_a_budget(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind);
        await host.PostAsync("/budget/new", """{"budget_id":"free","max_budget":1,"rpm_limit":10,"budget_duration":"1d"}""");

        await host.PostAsync("/customer/new", """{"user_id":"John Doe (42)","budget_id":"free","max_budget":3,"allowed_model_region":"eu"}""");
        await host.PostAsync("/end_user/update", """{"user_id":"John Doe (42)","alias":"John","default_model":"smart"}""");
        var info = await host.GetAsync("/customer/info?end_user_id=John%20Doe%20(42)");
        var blocked = await host.PostAsync("/customer/block", """{"user_ids":["John Doe (42)","unseen"]}""");
        var listed = await host.GetAsync("/end_user/list");
        var deleted = await host.PostAsync("/customer/delete", """{"user_ids":["unseen"]}""");

        var budget = info.GetProperty("litellm_budget_table");
        Assert.Equal(("John", "eu", "smart"), (info.GetProperty("alias").GetString(), info.GetProperty("allowed_model_region").GetString(), info.GetProperty("default_model").GetString()));
        Assert.Equal(("free", 3m, 10, "1d"), (budget.GetProperty("budget_id").GetString(), budget.GetProperty("max_budget").GetDecimal(), budget.GetProperty("rpm_limit").GetInt32(), budget.GetProperty("budget_duration").GetString()));
        Assert.All(blocked.GetProperty("blocked_users").EnumerateArray(), customer => Assert.True(customer.GetProperty("blocked").GetBoolean()));
        Assert.Equal(2, listed.GetArrayLength());
        Assert.Equal(1, deleted.GetProperty("deleted_customers").GetInt32());
        Assert.Equal("default_model", (await host.RefusedAsync("POST", "/customer/new", """{"user_id":"x","default_model":"nowhere"}""")).Param);
        Assert.Equal((404, "budget_id"), Short(await host.RefusedAsync("POST", "/customer/new", """{"user_id":"x","budget_id":"nowhere"}""")));
    }

    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_budget_is_kept_while_somebody_refers_to_it(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind);
        var made = await host.PostAsync("/budget/new", """{"max_budget":0.000000001,"soft_budget":0,"model_max_budget":{"smart":{"budget_limit":1,"time_period":"1d"}}}""");
        var id = made.GetProperty("budget_id").GetString()!;
        await host.PostAsync("/customer/new", $$"""{"user_id":"acme","budget_id":"{{id}}"}""");

        var updated = await host.PostAsync("/budget/update", $$"""{"budget_id":"{{id}}","max_budget":null,"tpm_limit":5}""");
        var info = await host.PostAsync("/budget/info", $$"""{"budgets":["{{id}}","nowhere"]}""");
        var refused = await host.RefusedAsync("POST", "/budget/delete", $$"""{"id":"{{id}}"}""");
        await host.PostAsync("/customer/delete", """{"user_ids":["acme"]}""");
        await host.PostAsync("/budget/delete", $$"""{"id":"{{id}}"}""");

        Assert.Equal(0.000000001m, made.GetProperty("max_budget").GetDecimal());
        Assert.Equal((JsonValueKind.Null, 5), (updated.GetProperty("max_budget").ValueKind, updated.GetProperty("tpm_limit").GetInt32()));
        Assert.Equal("master", Assert.Single(info.EnumerateArray()).GetProperty("created_by").GetString());
        Assert.Contains("a customer refers to this budget", refused.Message);
        Assert.Empty((await host.GetAsync("/budget/list")).EnumerateArray());
    }

    [SkippableTheory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_tag_has_limits(DatabaseKind kind)
    {
        await using var host = await AdminHost.StartAsync(kind);

        var made = await host.PostAsync("/tag/new", """{"name":"batch","description":"nightly","max_budget":20}""");
        await host.PostAsync("/tag/update", """{"name":"batch","description":"every night","rpm_limit":2}""");
        var info = await host.PostAsync("/tag/info", """{"names":["batch"]}""");
        var deleted = await host.PostAsync("/tag/delete", """{"name":"batch"}""");

        Assert.Equal("Tag batch created successfully", made.GetProperty("message").GetString());
        var tag = info.GetProperty("batch");
        Assert.Equal(("every night", 20m, 2), (tag.GetProperty("description").GetString(), tag.GetProperty("litellm_budget_table").GetProperty("max_budget").GetDecimal(), tag.GetProperty("litellm_budget_table").GetProperty("rpm_limit").GetInt32()));
        Assert.Equal("Tag batch deleted successfully", deleted.GetProperty("message").GetString());
        Assert.Equal((404, "names"), Short(await host.RefusedAsync("POST", "/tag/info", """{"names":["batch"]}""")));
        Assert.Contains("litellm_params.tags", (await host.RefusedAsync("POST", "/tag/new", """{"name":"x","models":["smart"]}""")).Message);
    }

    private static (int Status, string? Param) Short(Hosting.ErrorAnswer error) => (error.Status, error.Param);
}
