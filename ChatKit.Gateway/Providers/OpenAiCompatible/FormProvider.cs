using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Providers.Uploads;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// Operations that take a file: images to edit, sound to write down. The form passes with the model's name replaced
/// (https://platform.openai.com/docs/api-reference/audio/createTranscription); the answer is JSON, events, or text (<c>response_format</c> text, srt, vtt), as its
/// media type says: whether a stream was asked for is for the model to heed, and whisper-1 does not.
/// </summary>
internal sealed class FormProvider(Operation operation, IProvider json) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        if (call.Upload is not { } upload) return json.WriteRequest(call, request);
        if (call.UpstreamModel.Any(char.IsControl)) return ChatRefusals.Invalid(FormUpload.Model, "A model's name holds no control characters.");
        request.Begin(call, operation);
        request.Upload = new UploadContent(upload, call, request.Losses);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) => StampedAnswer.Write(call, body, output, out facts);

    public AnswerForm FormOf(ModelCall call, string? mediaType) => mediaType switch
    {
        "text/event-stream" => AnswerForm.Events,
        "text/plain" or "text/vtt" or "application/x-subrip" => AnswerForm.Bytes,
        _ => AnswerForm.Document,
    };

    public IAnswerStream OpenStream(ModelCall call) => new MediaEventStream();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => OpenAiErrors.FromAnswer(status, body);
}
