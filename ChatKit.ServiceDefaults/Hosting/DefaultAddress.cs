using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Hosting;

/// <summary>Where a service listens when nobody says: on this machine only.</summary>
public static class DefaultAddress
{
    private static readonly string[] Settings = ["urls", "http_ports", "https_ports"];

    /// <summary>ASP.NET Core's own settings win; where there are none, the service listens on 127.0.0.1 at this port.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="port">Asked only where it is needed; may throw <see cref="StartupException"/>.</param>
    public static void UseDefaultAddress(this WebApplicationBuilder builder, Func<IConfiguration, int> port)
    {
        if (Settings.All(name => string.IsNullOrEmpty(builder.Configuration[name])))
            builder.WebHost.UseUrls($"http://127.0.0.1:{port(builder.Configuration)}");
    }
}
