using System.Text.Json;
using System.Net;
using ChatKit.Gateway.Model;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>A provider dialect under test: its strict fake, a deployment that speaks to it, and how it says what the cases need said.</summary>
public abstract class Subject
{
    /// <summary>Between two events, so that the gateway reads them apart and the first words are on their way when the failure comes.</summary>
    protected static TimeSpan Apart { get; } = TimeSpan.FromMilliseconds(40);

    /// <summary>What the fake refuses, and its key.</summary>
    public abstract UpstreamDialect Dialect { get; }

    /// <summary>The member that the provider complains of when it got one that it does not know.</summary>
    public abstract string UnknownMember { get; }

    /// <summary>The status of that complaint.</summary>
    public virtual HttpStatusCode UnknownMemberStatus => HttpStatusCode.BadRequest;

    /// <summary>False for a provider that takes images inside the request only.</summary>
    public virtual bool FetchesImages => true;

    /// <summary>The type of <see cref="Failure"/>'s errors; the gateway's own word where the provider's errors have none.</summary>
    public virtual string ErrorType => "some_error";

    /// <summary>A deployment of the group <c>gpt</c> at the fake.</summary>
    internal abstract Deployment At(FakeUpstream upstream);

    /// <summary>This text, plain or streamed as the request asks.</summary>
    public abstract Reply Text(string text, TimeSpan delay = default);

    /// <summary>An error with its status and message, in the provider's shape.</summary>
    public abstract Reply Failure(int status, string message, params (string, string)[] headers);

    /// <summary>So many words of a stream, and then an error event.</summary>
    public abstract Reply ErrorInStream(int words);

    /// <summary>So many words of a stream, and then an end without the dialect's terminal.</summary>
    public abstract Reply BrokenStream(int words, SseEnd ending);

    /// <summary>The text of the first message, where this dialect has it.</summary>
    public virtual string? FirstSaid(JsonElement body) => body.GetProperty("messages")[0].GetProperty("content") switch
    {
        { ValueKind: JsonValueKind.String } whole => whole.GetString(),
        var parts => parts[0].GetProperty("text").GetString(),
    };

    /// <summary>"Known" as a plain answer among members that nobody has heard of.</summary>
    public abstract Reply NewMembers { get; }

    /// <summary>"Known" as a stream among events that nobody has heard of.</summary>
    public abstract Reply NewEvents { get; }

    /// <summary>The id of the first call as a chat client sees it.</summary>
    public virtual string FirstCall => "call_1";

    /// <summary>Calls of <c>weather</c> with <c>{"city":"Paris"}</c> and of <c>now</c> with <c>{}</c>, plain or streamed as the request asks.</summary>
    public abstract Reply ToolCalls { get; }
}
