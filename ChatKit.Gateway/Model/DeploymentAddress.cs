namespace ChatKit.Gateway.Model;

/// <summary>
/// Where a deployment is called, worked out once: putting an address together and taking it apart again costs more than anything else that a plain call
/// would do with it.
/// </summary>
internal sealed class DeploymentAddress(Uri baseAddress, string operationPath)
{
    private Called? _latest;

    /// <summary>The base address for people to see: without query, and without a name and password that it may hold.</summary>
    public string Shown { get; } = baseAddress.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    public bool IsOf(Uri address, string path) => ReferenceEquals(address, baseAddress) && path == operationPath;

    /// <summary>The absolute address of an operation. Most deployments have one operation and one model, so the latest is the next.</summary>
    public Uri Of(string operation, string model)
    {
        var latest = _latest;
        if (latest is null || latest.Operation != operation || latest.Model != model)
            _latest = latest = new Called(operation, model, Compose(operation, model));
        return latest.Address;
    }

    private Uri Compose(string operation, string model)
    {
        var path = operationPath
            .Replace("{operation}", operation, StringComparison.Ordinal)
            .Replace("{model}", Uri.EscapeDataString(model), StringComparison.Ordinal);
        return new Uri($"{baseAddress.AbsoluteUri.TrimEnd('/')}/{path}");
    }

    private sealed record Called(string Operation, string Model, Uri Address);
}
