using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Tools;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Backend.Tests.Tools;

public sealed class ToolsEndpointTests
{
    [Fact]
    public async Task The_composer_is_offered_each_tool_once_with_what_the_application_adds()
    {
        await using var host = await BackendHost.StartAsync(services: services => services
            .AddSingleton<ITool>(new TestTool("weather", (_, _) => Task.FromResult(new ToolResult("Rain."))))
            .AddSingleton<ITool>(new TestTool("weather", (_, _) => Task.FromResult(new ToolResult("Sun.")))));
        var tools = JsonDocument.Parse(await host.Http.GetStringAsync(new Uri("/api/tools", UriKind.Relative))).RootElement.GetProperty("data");

        Assert.Equal(["calculator", "current_time", "weather", "search_files"], tools.EnumerateArray().Select(tool => tool.GetProperty("id").GetString()));
        Assert.Equal(
            """{"id":"weather","label":"weather","icon":"settings-slider","description":"Does weather.","available":true,"tools":["weather"]}""",
            JsonSerializer.Serialize(tools[2]));
    }
}
