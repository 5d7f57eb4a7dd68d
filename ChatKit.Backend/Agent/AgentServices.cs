using ChatKit.Backend.Configuration;
using ChatKit.Backend.Tools;
using ChatKit.Backend.Tools.Calculator;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Agent;

/// <summary>The default assistant and its tools.</summary>
internal static class AgentServices
{
    public static void AddAgent(this IServiceCollection services)
    {
        services.AddSingleton(ChatKitConfig.Default);
        services.AddSingleton<AttachedFiles>();
        services.AddSingleton<ModelsWithoutTools>();
        services.AddScoped<MadePictures>();
        services.AddScoped<ToolRound>();
        services.AddScoped<AgentLoop>();
        services.AddScoped<IResponder, AgentResponder>();

        services.AddSingleton<ITool, CalculatorTool>();
        services.AddSingleton<ITool, TimeTool>();
        services.AddScoped<IToolSource, BuiltInTools>();
        services.AddScoped<ToolCatalog>();
    }
}
