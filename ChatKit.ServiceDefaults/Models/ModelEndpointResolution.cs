namespace ChatKit.ServiceDefaults.Models;

/// <summary>Either the endpoint, or everything that keeps it from being known.</summary>
public sealed record ModelEndpointResolution(ModelEndpoint? Endpoint, IReadOnlyList<VariableProblem> Problems)
{
    /// <summary>The endpoint of a configuration that start-up has checked.</summary>
    public ModelEndpoint Required => Endpoint ?? throw new InvalidOperationException(string.Join("; ", Problems.Select(p => p.Message)));
}
