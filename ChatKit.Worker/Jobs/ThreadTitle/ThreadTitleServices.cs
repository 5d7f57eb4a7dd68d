using ChatKit.Worker.Outbox;

namespace ChatKit.Worker.Jobs.ThreadTitle;

internal static class ThreadTitleServices
{
    public static IServiceCollection AddThreadTitles(this IServiceCollection services) => services
        .AddScoped<TitleModel>()
        .AddScoped<TitleWriter>()
        .AddOutboxJob<ThreadTitleJob>(ThreadTitleJob.Kind);
}
