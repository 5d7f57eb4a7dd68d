using System.Net.Http.Headers;
using System.Text.Json;
using ChatKit.Backend.Access;
using ChatKit.Data.Chat;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatKit.Backend.Attachments.Scanning;

/// <summary>
/// Shows every uploaded file to the operator's virus scanner before it is kept:
/// <code>
/// POST {CHATKIT_SCAN_URL}                      200 {"clean":true}
/// Content-Type: application/pdf            or  200 {"clean":false,"reason":"Eicar-Test-Signature"}
/// X-Attachment-Id: atc_…
/// X-Attachment-Name: r%C3%A9sum%C3%A9.pdf      (percent-encoded UTF-8)
/// Authorization: Bearer {CHATKIT_SCAN_TOKEN}
///
/// …the bytes…
/// </code>
/// Any other answer, and none in time, is a failure: the file is then not kept, unless <c>CHATKIT_SCAN_FAILURE=allow</c>.
/// </summary>
internal sealed partial class FileScanner(IConfiguration configuration, TimeProvider time, ILogger<FileScanner> logger) : IDisposable
{
    private const int MaxReason = 200;

    private readonly ScanRule? _rule = ScanRule.From(configuration);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    /// <summary>Null where the file may be kept.</summary>
    public async Task<ProblemHttpResult?> RefuseAsync(AttachmentRow row, byte[] content, CancellationToken cancel)
    {
        if (_rule is null)
            return null;
        try
        {
            var (clean, reason) = await AskAsync(_rule, row, content, cancel);
            if (clean)
                return null;
            Log.Found(logger, row.Id, row.UserId, reason);
            return Problems.Unprocessable($"The file was not accepted: {reason}");
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or JsonException && !cancel.IsCancellationRequested)
        {
            Log.NotScanned(logger, row.Id, _rule.AllowsUnseen ? "kept" : "refused", failure.Message.ReplaceLineEndings(" "));
            return _rule.AllowsUnseen ? null : Problems.Of(StatusCodes.Status503ServiceUnavailable, "The file could not be checked for viruses. Try again in a moment.");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(bool Clean, string Reason)> AskAsync(ScanRule scanner, AttachmentRow row, byte[] content, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(scanner.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, scanner.Address)
        {
            Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(row.MimeType) } },
            Headers = { { "X-Attachment-Id", row.Id }, { "X-Attachment-Name", Uri.EscapeDataString(row.Name) } },
        };
        if (scanner.Token is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, either.Token);
        response.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(either.Token));
        return Read(answer.RootElement);
    }

    private static (bool Clean, string Reason) Read(JsonElement answer)
    {
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("clean", out var clean) || clean.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw new JsonException("The scanner's answer has no `clean` that is true or false.");
        var reason = answer.TryGetProperty("reason", out var given) && given.ValueKind is JsonValueKind.String ? given.GetString()!.ReplaceLineEndings(" ").Trim() : "";
        return (clean.GetBoolean(), reason.Length == 0 ? "it may be harmful." : reason[..Math.Min(reason.Length, MaxReason)]);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Attachment {Id} of {User} was refused by the scanner: {Reason}")]
        public static partial void Found(ILogger logger, string id, string user, string reason);

        [LoggerMessage(LogLevel.Error, "Attachment {Id} could not be scanned and was {Outcome}: {Reason}")]
        public static partial void NotScanned(ILogger logger, string id, string outcome, string reason);
    }
}
