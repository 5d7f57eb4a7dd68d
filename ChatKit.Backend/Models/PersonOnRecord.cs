using System.ClientModel.Primitives;
using ChatKit.Backend.Access;
using ChatKit.ServiceDefaults.Models;

namespace ChatKit.Backend.Models;

/// <summary>
/// Tells the gateway who asks: by the person's own key where there is one, and always by an id that means nothing elsewhere, which its spend log has as
/// <c>end_user</c> (https://docs.litellm.ai/docs/proxy/customers). Any other provider is told nothing about people.
/// </summary>
internal sealed class PersonOnRecord(ModelEndpoint endpoint, CurrentUser user, PersonalKeys keys) : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        if (endpoint.IsGateway)
            Sign(message, keys.OfAsync(user, message.CancellationToken).GetAwaiter().GetResult());
        ProcessNext(message, pipeline, currentIndex);
        Learn(message);
    }

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        if (endpoint.IsGateway)
            Sign(message, await keys.OfAsync(user, message.CancellationToken));
        await ProcessNextAsync(message, pipeline, currentIndex);
        Learn(message);
    }

    private void Sign(PipelineMessage message, string? key)
    {
        message.Request.Headers.Set(ModelEndpoint.PersonHeader, user.Id);
        if (key is not null)
            message.Request.Headers.Set("Authorization", $"Bearer {key}");
    }

    private void Learn(PipelineMessage message)
    {
        if (message.Response?.Status == StatusCodes.Status401Unauthorized)
            keys.Forget(user.Id);
    }
}
