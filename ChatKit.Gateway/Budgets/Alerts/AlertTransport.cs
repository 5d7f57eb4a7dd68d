namespace ChatKit.Gateway.Budgets.Alerts;

/// <summary>The connections that news leave by: apart from those to the providers.</summary>
internal sealed class AlertTransport() : HttpMessageInvoker(new SocketsHttpHandler
{
    AllowAutoRedirect = false,
    ConnectTimeout = TimeSpan.FromSeconds(5),
    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
});
