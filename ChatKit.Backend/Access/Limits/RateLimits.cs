using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Threading.RateLimiting;
using ChatKit.ServiceDefaults.Contract;
using Microsoft.AspNetCore.RateLimiting;

namespace ChatKit.Backend.Access.Limits;

/// <summary>
/// Requests per minute: of a person where one is signed in, else of an address. People are as many as there are accounts; addresses share a fixed number of
/// counters, so that no crowd of them fills the memory. Each replica counts by itself.
/// </summary>
internal static class RateLimits
{
    public const string Chat = "chat";
    public const string Uploads = "uploads";

    /// <summary>By address alone: whoever signs in is not known yet. One account is guarded by <see cref="Sessions.PasswordCheck"/>.</summary>
    public const string SignIn = "sign-in";

    private const int DefaultChat = 100;
    private const int DefaultUploads = 10;
    private const int SignIns = 30;
    private const int AddressCounters = 16_384;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var (chat, uploads) = (Read(configuration, LimitChecks.ChatVariable, DefaultChat), Read(configuration, LimitChecks.UploadVariable, DefaultUploads));
        return services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Chat, http => Partition(Caller(http), chat));
            limiter.AddPolicy(Uploads, http => Partition(Caller(http), uploads));
            limiter.AddPolicy(SignIn, http => Partition(Address(http), SignIns));
            limiter.OnRejected = RefuseAsync;
        });
    }

    private static RateLimitPartition<string> Partition(string caller, int permits) => permits == 0
        ? RateLimitPartition.GetNoLimiter(caller)
        : RateLimitPartition.GetFixedWindowLimiter(caller, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window, QueueLimit = 0 });

    private static string Caller(HttpContext http) => http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? $"user {id}" : Address(http);

    /// <summary>An IPv6 network is one caller, whichever of its addresses it uses.</summary>
    private static string Address(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        var hash = new HashCode();
        hash.AddBytes(bytes.AsSpan(0, Math.Min(bytes.Length, 8)));
        return $"address {(uint)hash.ToHashCode() % AddressCounters}";
    }

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancel)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var given) ? given : Window;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.HttpContext.Response.Headers.RetryAfter = seconds;
        await Problems.TooManyRequests($"Too many requests in a minute. Try again in {seconds} s.").ExecuteAsync(context.HttpContext);
    }

    private static int Read(IConfiguration configuration, string variable, int otherwise) =>
        int.TryParse(configuration[variable], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : otherwise;
}
