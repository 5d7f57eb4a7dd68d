using System.ClientModel.Primitives;
using ChatKit.ServiceDefaults.Models;

namespace ChatKit.Worker.Models;

/// <summary>Tells the gateway for whom a call is made; its spend log has it as <c>end_user</c> (https://docs.litellm.ai/docs/proxy/customers).</summary>
internal sealed class PersonOnRecord(string userId) : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        message.Request.Headers.Set(ModelEndpoint.PersonHeader, userId);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        message.Request.Headers.Set(ModelEndpoint.PersonHeader, userId);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }
}
