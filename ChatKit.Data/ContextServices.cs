using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatKit.Data;

/// <summary>Registers a context for whichever engine the target is. Callers name the model; the engine's context stays a detail of this project.</summary>
internal static class ContextServices
{
    /// <summary>A singleton factory of <typeparamref name="TModel"/>, pooled.</summary>
    public static IServiceCollection AddContextFactory<TModel, TContext>(this IServiceCollection services, DatabaseTarget target, string history)
        where TModel : DbContext
        where TContext : TModel => services
        .AddPooledDbContextFactory<TContext>(options => options.UseDatabase(target, history))
        .AddSingleton<IDbContextFactory<TModel>, Factory<TModel, TContext>>();

    /// <summary>The options of one context outside of any service.</summary>
    public static DbContextOptions<TContext> Options<TContext>(DatabaseTarget target, string history)
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        options.UseDatabase(target, history);
        return options.Options;
    }

    private sealed class Factory<TModel, TContext>(IDbContextFactory<TContext> pool) : IDbContextFactory<TModel>
        where TModel : DbContext
        where TContext : TModel
    {
        public TModel CreateDbContext() => pool.CreateDbContext();
    }
}
