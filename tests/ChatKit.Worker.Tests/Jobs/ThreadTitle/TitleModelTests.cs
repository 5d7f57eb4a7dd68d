using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Worker.Tests.Jobs.ThreadTitle;

public sealed class TitleModelTests
{
    [Theory]
    [InlineData("TITLE_MODEL=small, CHATKIT_MODEL=big, MODEL=other", "chosen", "small")]
    [InlineData("TITLE_MODEL= , CHATKIT_MODEL=big, MODEL=other", "chosen", "chosen")]
    [InlineData("CHATKIT_MODEL=big, MODEL=other", null, "big")]
    [InlineData("MODEL=other", null, "other")]
    [InlineData("", null, "first-listed")]
    public async Task The_nearest_choice_names_the_thread(string variables, string? chosen, string expected)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var gateway = await FakeUpstream.StartAsync(new ListingDialect());
        var given = variables.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(pair => (pair.Split('=')[0], pair.Split('=')[1])).ToArray();
        await using var worker = await TestWorker.StartAsync(database, gateway, variables: given);

        await database.AddThreadAsync("thr_1", model: chosen);
        await database.CompletedAsync("thr_1");

        Assert.Equal(expected, gateway.Requests[^1].Json.GetProperty("model").GetString());
    }

    /// <summary>OpenAI's wire with a model list, as the gateway answers it: a wildcard among the names.</summary>
    private sealed class ListingDialect : UpstreamDialect
    {
        private const string Models = """
            {"object":"list","data":[
              {"id":"openai/*","object":"model","created":1760000000,"owned_by":"openai"},
              {"id":"first-listed","object":"model","created":1760000000,"owned_by":"openai"},
              {"id":"second-listed","object":"model","created":1760000000,"owned_by":"openai"}]}
            """;

        private readonly OpenAiDialect _chat = new();

        public override string BasePath => _chat.BasePath;

        public override string ApiKey => _chat.ApiKey;

        public override Reply DefaultReply => _chat.DefaultReply;

        public override Reply? Refuse(ReceivedRequest request) => request.Path == "/v1/models" ? Replies.Json(Models) : _chat.Refuse(request);
    }
}
