using ChatKit.Backend.Agent.Context;
using ChatKit.Backend.Configuration;
using ChatKit.Backend.FileSearch;
using ChatKit.Backend.Models;
using ChatKit.Backend.Tools;
using ChatKit.Backend.Tools.Calculator;
using ChatKit.Backend.Tools.Mcp;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Agent;

/// <summary>The default assistant and its tools.</summary>
internal static class AgentServices
{
    public static void AddAgent(this IServiceCollection services, ChatKitFile file)
    {
        var config = file.Config;
        services.AddSingleton(file);
        services.AddHostedService<ConfigWarnings>();
        services.AddSingleton(config);
        services.AddSingleton<AttachedFiles>();
        services.AddSingleton<ModelsWithoutTools>();
        services.AddScoped<MadePictures>();
        services.AddScoped<ToolRound>();
        services.AddScoped<AgentLoop>();
        services.AddScoped<IResponder, AgentResponder>();

        if (config.Tools.Calculator)
            services.AddSingleton<ITool, CalculatorTool>();
        if (config.Tools.Time)
            services.AddSingleton<ITool, TimeTool>();
        services.AddScoped<IToolSource, BuiltInTools>();
        services.AddSingleton<McpTransports>();
        services.AddSingleton<McpTools>();
        services.AddSingleton<IToolSource>(provider => provider.GetRequiredService<McpTools>());
        services.AddHostedService(provider => provider.GetRequiredService<McpTools>());
        services.AddScoped<ToolCatalog>();

        services.AddSingleton<ModelGroups>();
        services.AddSingleton<ContextBudgets>();
        services.AddScoped<Summarizer>();
        services.AddScoped<ContextFit>();

        if (!config.FileSearch.Enabled)
            return;
        services.AddSingleton<PgVector>();
        services.AddSingleton<EmbeddingModel>();
        services.AddScoped<Embedder>();
        services.AddScoped<FileIndex>();
        services.AddScoped<VectorSearch>();
        services.AddScoped<WordSearch>();
        services.AddScoped<SearchFilesTool>();
        services.AddScoped<IToolSource, FileSearchSource>();
    }
}
