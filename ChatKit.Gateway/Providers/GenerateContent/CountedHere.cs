using System.Globalization;
using System.Text;
using ChatKit.Gateway.Providers.Mock;
using ChatKit.Gateway.Tokens;

namespace ChatKit.Gateway.Providers.GenerateContent;

/// <summary>Answers countTokens for models whose provider cannot count in advance: an estimate by the gateway's own tokenizer, calling nobody.</summary>
internal sealed class CountedHere(TimeProvider time) : IUpstream
{
    public ValueTask<UpstreamResponse> SendAsync(ModelCall call, UpstreamRequest request, CancellationToken cancellationToken)
    {
        var total = RequestTokens.Count(request.Body.WrittenMemory, call.UpstreamModel);
        var answer = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"totalTokens":{{total}}}"""));
        return ValueTask.FromResult<UpstreamResponse>(new MockResponse(200, "application/json", [answer], time, TimeSpan.Zero));
    }
}
