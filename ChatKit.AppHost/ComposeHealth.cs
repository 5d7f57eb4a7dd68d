using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace ChatKit.AppHost;

/// <summary>
/// Compose knows health only through a command inside the container, and starts a service as soon as its dependencies merely run. So each
/// resource gets its command, and waits for "healthy" wherever Aspire wrote "started".
/// </summary>
internal static class ComposeHealth
{
    /// <summary>A shell command that succeeds when a container of somebody else's image is ready.</summary>
    public static IResourceBuilder<T> WithComposeHealth<T>(this IResourceBuilder<T> container, string command) where T : IComputeResource =>
        container.PublishAsDockerComposeService((_, service) => service.Healthcheck = Check("CMD-SHELL", command));

    /// <summary>Our images hold no shell tools: the service's own executable asks its running instance.</summary>
    public static IResourceBuilder<ProjectResource> WithComposeProbe(this IResourceBuilder<ProjectResource> project, string assembly) =>
        project.AfterHealthyDependencies().PublishAsDockerComposeService((_, service) =>
        {
            service.Healthcheck = Check("CMD", "dotnet", $"/app/{assembly}", "--probe", "/health/readiness");
            service.Restart = "unless-stopped";
            service.Ports = service.Ports.ConvertAll(port => $"127.0.0.1:{port}"); // opening it to a network is the operator's decision
        });

    /// <summary>Turns <c>service_started</c> into <c>service_healthy</c>; what must have completed stays so.</summary>
    public static IResourceBuilder<ProjectResource> AfterHealthyDependencies(this IResourceBuilder<ProjectResource> project) =>
        project.PublishAsDockerComposeService((_, service) =>
        {
            foreach (var dependency in service.DependsOn.Values.Where(d => d.Condition == "service_started"))
                dependency.Condition = "service_healthy";
        });

    private static Healthcheck Check(params string[] test) =>
        new() { Test = [.. test], Interval = "10s", Timeout = "5s", Retries = 6, StartPeriod = "20s" };
}
