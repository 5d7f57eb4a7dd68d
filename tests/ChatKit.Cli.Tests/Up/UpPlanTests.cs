using ChatKit.Cli.Up;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;
using ChatKit.ServiceDefaults.Models;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace ChatKit.Cli.Tests.Up;

public sealed class UpPlanTests
{
    private const string Address = "http://127.0.0.1:4555";

    [Fact]
    public void With_nothing_set_it_brings_a_file_and_the_way_to_its_own_gateway()
    {
        var plan = UpPlan.Make(Environment(), new UpOptions());

        Assert.Equal(("http://127.0.0.1:4000", "http://127.0.0.1:8000"), (plan.Gateway.Url, plan.Backend.Url));
        Assert.Equal(Path.GetFullPath("data/chatkit.db"), plan.OwnDatabaseFile);
        Assert.Equal((DatabaseKind.Sqlite, plan.OwnDatabaseFile), (plan.Database.Kind, plan.Database.FilePath));
        var endpoint = Chat(plan, Environment());
        Assert.Equal(("litellm", $"{Address}/v1", ChatSettings.NoKey), (endpoint.Provider, endpoint.BaseAddress.ToString(), endpoint.ApiKey));
    }

    [Fact]
    public void The_environment_wins_over_defaults_and_options_over_the_environment()
    {
        var environment = Environment(("LITELLM_PORT", "4010"), ("DATABASE_URL", "sqlite:///own.db"));

        var plan = UpPlan.Make(environment, new UpOptions());
        Assert.Equal(4010, plan.Gateway.Port);
        Assert.Equal(("own.db", null), (plan.Database.FilePath, plan.OwnDatabaseFile));

        plan = UpPlan.Make(environment, new UpOptions { Port = 4020, Data = "elsewhere", Config = "c.yaml", BackendPort = 8020 });
        Assert.Equal((4020, 8020), (plan.Gateway.Port, plan.Backend.Port));
        Assert.Equal(Path.GetFullPath("elsewhere/chatkit.db"), plan.Database.FilePath);
        Assert.Equal("c.yaml", plan.GatewaySettings["CONFIG_FILE_PATH"]);
    }

    [Fact]
    public void A_folder_with_any_name_holds_the_file()
    {
        var plan = UpPlan.Make(Environment(), new UpOptions { Data = "a;b=c 100%" });
        Assert.True(DatabaseTarget.TryParse(plan.Chat.For(Address, null)[DatabaseTarget.Variable]!, out var target, out _));
        Assert.Equal(Path.GetFullPath("a;b=c 100%/chatkit.db"), target.FilePath);
    }

    [Fact]
    public void The_guides_file_works_and_the_gateways_own_key_serves_where_no_other_is_given()
    {
        var guide = Environment(("MODEL_PROVIDER", "litellm"), ("LITELLM_API_BASE", "http://127.0.0.1:4000"), ("LITELLM_API_KEY", "sk-litellm-proxy"));
        Assert.Equal(("http://127.0.0.1:4000/v1", "sk-litellm-proxy"), AddressAndKey(guide, new()));

        Assert.Equal("sk-master", Chat(UpPlan.Make(Environment(), new()), Environment(), gatewayKey: "sk-master").ApiKey);
    }

    [Fact]
    public void A_port_that_is_given_wins_over_an_address_in_the_environment()
    {
        var environment = Environment(("LITELLM_API_BASE", "http://127.0.0.1:4000"));
        Assert.Equal($"{Address}/v1", AddressAndKey(environment, new UpOptions { Port = 4555 }).Address);
    }

    [Fact]
    public void Another_provider_stays_the_persons_choice()
    {
        var environment = Environment(("MODEL_PROVIDER", "openai"), ("OPENAI_API_KEY", "sk-1"));
        Assert.Equal(("https://api.openai.com/v1", "sk-1"), AddressAndKey(environment, new()));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("[::1]", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("192.168.1.7", false)]
    [InlineData("::", false)]
    public void An_address_knows_whether_only_this_machine_reaches_it(string host, bool loopback) =>
        Assert.Equal(loopback, ListenAddress.Parse(host, 1).IsLoopback);

    [Theory]
    [InlineData("http://0.0.0.0:4000", "http://127.0.0.1:4000")]
    [InlineData("http://[::]:4000", "http://127.0.0.1:4000")]
    [InlineData("http://192.168.1.7:4000", "http://192.168.1.7:4000")]
    [InlineData("http://[::1]:4000", "http://[::1]:4000")]
    public void A_bound_address_is_reached_from_this_machine(string bound, string reachable) => Assert.Equal(reachable, ListenAddress.Reachable(bound));

    [Theory]
    [InlineData("chat.example", "neither an IP address nor localhost")]
    [InlineData("*", "neither an IP address nor localhost")]
    public void A_name_that_Kestrel_would_take_for_every_address_is_refused(string host, string because) =>
        Assert.Contains(because, Refused(new UpOptions { Host = host }), StringComparison.Ordinal);

    [Fact]
    public void Two_services_on_one_port_are_refused() =>
        Assert.Contains("cannot both listen on port 8000", Refused(new UpOptions { Port = 8000 }), StringComparison.Ordinal);

    [Theory]
    [InlineData("LITELLM_PORT", "x", "LITELLM_PORT is not a port number")]
    [InlineData("DATABASE_URL", "x", "DATABASE_URL has no scheme")]
    public void A_bad_variable_is_refused(string name, string value, string because) =>
        Assert.StartsWith(because, Refused(new UpOptions(), (name, value)), StringComparison.Ordinal);

    private static string Refused(UpOptions options, params (string, string?)[] environment) =>
        Assert.Throws<StartupException>(() => UpPlan.Make(Environment(environment), options)).Message;

    private static (string Address, string Key) AddressAndKey(IConfiguration environment, UpOptions options)
    {
        var endpoint = Chat(UpPlan.Make(environment, options), environment);
        return (endpoint.BaseAddress.ToString(), endpoint.ApiKey);
    }

    private static ModelEndpoint Chat(UpPlan plan, IConfiguration environment, string? gatewayKey = null) =>
        ModelEndpoint.Resolve(new ConfigurationBuilder().AddConfiguration(environment).AddInMemoryCollection(plan.Chat.For(Address, gatewayKey)).Build())
            .Required;

    private static IConfiguration Environment(params (string Name, string? Value)[] variables) =>
        new ConfigurationBuilder().AddInMemoryCollection(variables.Select(v => KeyValuePair.Create(v.Name, v.Value))).Build();
}
