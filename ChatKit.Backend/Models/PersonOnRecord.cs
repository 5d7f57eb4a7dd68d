using System.ClientModel.Primitives;
using ChatKit.Backend.Access;
using ChatKit.ServiceDefaults.Models;

namespace ChatKit.Backend.Models;

/// <summary>
/// Tells the gateway who asks, by an id that means nothing elsewhere; its spend log has it as <c>end_user</c>
/// (https://docs.litellm.ai/docs/proxy/customers). Any other provider is told nothing about people.
/// </summary>
internal sealed class PersonOnRecord(ModelEndpoint endpoint, CurrentUser user) : PipelinePolicy
{
    public const string Header = "x-litellm-end-user-id";

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Sign(message);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Sign(message);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private void Sign(PipelineMessage message)
    {
        if (endpoint.IsGateway)
            message.Request.Headers.Set(Header, user.Id);
    }
}
