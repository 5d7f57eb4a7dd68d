using System.Buffers;
using System.Text;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// What was sent and answered, as text, for a spend log that keeps it (<c>store_prompts_in_spend_logs</c>). Each is cut at a length, so that a book that somebody
/// pastes is not kept for every call about it; of a stream the events are kept as they went out.
/// </summary>
internal sealed class CallTexts
{
    /// <summary>Characters, or bytes on their way to them.</summary>
    public const int Longest = 32 * 1024;

    private readonly ArrayBufferWriter<byte> _answer = new();

    private CallTexts(string? question) => Question = question;

    public string? Question { get; }

    public string? Answer => Cut(_answer.WrittenSpan);

    /// <summary>Null where nothing is to be kept.</summary>
    public static CallTexts? Of(GatewayCall call) => call.Snapshot.Settings.Spend.KeepsTexts ? new CallTexts(Cut(call.Body.Span)) : null;

    /// <summary>Takes down what goes to the client.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        var room = Longest + 4 - _answer.WrittenCount;
        if (room > 0) _answer.Write(bytes[..Math.Min(room, bytes.Length)]);
    }

    private static string? Cut(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return null;
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, Longest)]);
        return Spend.SpendText.Clean(bytes.Length > Longest ? text.TrimEnd('\uFFFD') + "… (cut)" : text, Longest + 8);
    }
}
