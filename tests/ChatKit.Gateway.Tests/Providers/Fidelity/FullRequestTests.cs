using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Fidelity;

/// <summary>One full request, and what each provider is sent for it where what it does not know may be dropped.</summary>
public sealed class FullRequestTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/Fidelity/Golden";

    public static TheoryData<string> Providers => [.. FidelitySubject.All.Select(static subject => subject.Name)];

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_full_request_becomes_the_golden_one(string name)
    {
        var subject = FidelitySubject.Of(name);
        using var request = new UpstreamRequest();

        var refused = subject.Chat.WriteRequest(subject.Call(Golden.Read($"{Folder}/full.chat.json"), new ParameterPolicy { Drops = true }), request);

        Assert.Null(refused);
        var text = new StringBuilder().Append($"POST {request.Address?.AbsoluteUri}\n");
        foreach (var (header, value) in request.Headers) text.Append($"{header}: {value}\n");
        text.Append($"x-chatkit-losses: {string.Join(", ", request.Losses)}\n\n").Append(Calls.Pretty(request.Body.WrittenSpan));
        Golden.Matches($"{Folder}/full.{name}.http", text.ToString());
    }
}
