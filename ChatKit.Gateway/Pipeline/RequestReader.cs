using System.Buffers;
using System.IO.Pipelines;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// Stage 2: the body into memory, within its limit, and the envelope out of it. Content-Type is not looked at: a body is JSON or it is refused.
/// </summary>
internal static class RequestReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static async ValueTask<GatewayError?> ReadAsync(GatewayCall call, string? modelOfPath)
    {
        if (CallOverrides.Read(call.Http.Request.Headers, out var overrides) is { } invalid) return invalid;
        call.Overrides = overrides;
        var limit = call.Snapshot.Settings.MaxRequestBytes;
        var declared = call.Http.Request.ContentLength;
        if (declared > limit) return TooLarge(limit);
        if (FormRequestReader.Reads(call)) return await FormRequestReader.ReadAsync(call, modelOfPath is not null);

        var buffer = new PooledBuffer((int)(declared ?? 0) + 1);
        try
        {
            if (await FillAsync(call.Http.Request.BodyReader, buffer, limit) is { } tooLarge) return tooLarge;
            var body = buffer.WrittenMemory;
            if (body.Span.StartsWith(ByteOrderMark)) body = body[ByteOrderMark.Length..];
            if (CallEnvelopeReader.Read(body.Span, call.Operation.Input, out var envelope) is { } problem)
                return new GatewayError(400, "invalid_request_error", problem.Message, problem.Param);
            call.Keep(buffer, body, call.Operation.AlwaysStreams ? envelope with { Stream = true } : envelope);
            buffer = null;
            return null;
        }
        catch (BadHttpRequestException broken)
        {
            return new GatewayError(broken.StatusCode, "invalid_request_error", "The request body could not be read as HTTP.", "request_body");
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return GatewayError.ClientLeft;
        }
        finally
        {
            buffer?.Dispose();
        }
    }

    private static async ValueTask<GatewayError?> FillAsync(PipeReader reader, PooledBuffer buffer, long limit)
    {
        while (true)
        {
            var read = await reader.ReadAsync();
            var isTooLarge = buffer.WrittenCount + read.Buffer.Length > limit;
            if (!isTooLarge)
            {
                foreach (var piece in read.Buffer) buffer.Write(piece.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (isTooLarge) return TooLarge(limit);
            if (read.IsCompleted) return null;
        }
    }

    /// <summary>The refusal of a body beyond the limit.</summary>
    public static GatewayError TooLarge(long limit) =>
        new(StatusCodes.Status413PayloadTooLarge, "invalid_request_error", $"The request body is larger than {limit / (1024 * 1024)} MB.", "request_body");
}
