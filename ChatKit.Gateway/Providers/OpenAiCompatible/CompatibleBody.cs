using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// The client's body on its way to a provider of the same dialect: the model's name replaced, usage asked for, LiteLLM's own fields taken out, the
/// deployment's defaults added, the vendor's quirks applied. Every byte that none of this touches goes on as it came.
/// </summary>
internal readonly ref struct CompatibleBody(ModelCall call, RequestQuirks quirks, List<string> losses)
{
    private readonly ReadOnlySpan<byte> _source = call.Body.Span;

    private static ReadOnlySpan<byte> UsageAsked => """{"include_usage":true}"""u8;

    /// <summary>Writes the body; an error where it asks for what the provider refuses.</summary>
    public GatewayError? Write(IBufferWriter<byte> output)
    {
        var splice = new JsonSplice(_source, call.Envelope.ObjectStart, output);
        var asksUsage = call.Envelope.Stream && quirks.AcceptsStreamOptions && !call.Parameters.NeverSends("stream_options");
        bool hasModel = false, hasStreamOptions = false;
        foreach (var member in call.Envelope.Members)
        {
            if (member.Is(_source, "model"u8))
            {
                splice.ReplaceValue(member, ModelStamp.Quoted(call.UpstreamModel));
                hasModel = true;
            }
            else if (member.Is(_source, "messages"u8))
            {
                WriteMessages(ref splice, member);
            }
            else if (asksUsage && member.Is(_source, "stream_options"u8))
            {
                WriteStreamOptions(ref splice, member);
                hasStreamOptions = true;
            }
            else if (WriteOther(ref splice, member) is { } refused)
            {
                return refused;
            }
        }

        if (!hasModel) splice.Append("model", ModelStamp.Quoted(call.UpstreamModel));
        if (asksUsage && !hasStreamOptions) splice.Append("stream_options", UsageAsked);
        foreach (var (name, value) in call.Deployment.DefaultParameters)
        {
            if (!IsSet(name) && !call.Parameters.NeverSends(name)) splice.Append(name, value.Span);
        }

        splice.Finish();
        return null;
    }

    private GatewayError? WriteOther(ref JsonSplice splice, in JsonMember member)
    {
        var name = member.Name(_source, stackalloc char[JsonMember.LongestName]);
        if (GatewayFields.Contains(name))
        {
            if (!GatewayFields.IsObeyed(name)) losses.Add(name.ToString());
            splice.Drop(member);
        }
        else if (IsAmong(call.Parameters.AlwaysSent, name))
        {
            splice.Keep(member);
        }
        else if (IsAmong(quirks.Refuses, name))
        {
            splice.Drop(member);
            return new UnsupportedParameters(call.Deployment.Provider, call.Parameters, losses).Decide(name.ToString(), JsonElement.Parse(member.Value(_source)));
        }
        else if (IsAmong(quirks.Drops, name) || (name is "metadata" && !StoresAnswer()))
        {
            if (name is not "stream_options" && !ChatParameters.AsksNothing(name.ToString(), JsonElement.Parse(member.Value(_source)))) losses.Add(name.ToString());
            splice.Drop(member);
        }
        else if (RenamedTo(name) is { } other)
        {
            splice.Rename(member, other);
        }
        else if (GivesWayToRenamed(name))
        {
            splice.Drop(member);
        }
        else if (VendorValue.Find(quirks.Values, name, member, _source) is { } value)
        {
            splice.ReplaceValue(member, JsonText.Quote(value));
        }
        else
        {
            splice.Keep(member);
        }

        return null;
    }

    /// <summary>Usage is asked for whether the client wants to see it or not; its other options stay.</summary>
    private void WriteStreamOptions(ref JsonSplice splice, in JsonMember member)
    {
        if (call.Envelope.IncludeUsage)
        {
            splice.Keep(member);
            return;
        }

        if (member.Kind is not JsonTokenType.StartObject)
        {
            splice.ReplaceValue(member, UsageAsked);
            return;
        }

        var options = member.Value(_source);
        var members = new List<JsonMember>();
        JsonMembers.Read(options, members);
        var rewritten = new ArrayBufferWriter<byte>();
        var inner = new JsonSplice(options, objectStart: 0, rewritten);
        foreach (var option in members)
        {
            if (option.Is(options, "include_usage"u8)) inner.Drop(option);
            else inner.Keep(option);
        }

        inner.Append("include_usage", "true"u8);
        inner.Finish();
        splice.ReplaceValue(member, rewritten.WrittenSpan);
    }

    private void WriteMessages(ref JsonSplice splice, in JsonMember member)
    {
        if (!quirks.ConcernsMessages)
        {
            splice.Keep(member);
            return;
        }

        using var rewritten = new PooledBuffer(member.ValueEnd - member.ValueStart);
        new MessageQuirks(quirks, losses).Write(member.Value(_source), rewritten);
        splice.ReplaceValue(member, rewritten.WrittenSpan);
    }

    /// <summary>
    /// LiteLLM's clients send <c>metadata</c> to the gateway; OpenAI's API has a member of that name for stored answers, and refuses it on others.
    /// </summary>
    private bool StoresAnswer()
    {
        foreach (var member in call.Envelope.Members)
        {
            if (member.Kind is JsonTokenType.True && member.Is(_source, "store"u8)) return true;
        }

        return false;
    }

    private bool IsGiven(string name)
    {
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        foreach (var member in call.Envelope.Members)
        {
            if (member.Name(_source, memory).SequenceEqual(name)) return true;
        }

        return false;
    }

    private bool IsSet(string name)
    {
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        foreach (var member in call.Envelope.Members)
        {
            var given = member.Name(_source, memory);
            if (given.SequenceEqual(name) || RenamedTo(given) == name) return true;
        }

        return false;
    }

    private static bool IsAmong(IReadOnlyList<string> names, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (name.SequenceEqual(names[i])) return true;
        }

        return false;
    }

    private string? RenamedTo(ReadOnlySpan<char> name)
    {
        foreach (var rename in quirks.Renames)
        {
            if (name.SequenceEqual(rename.From)) return rename.To;
        }

        return null;
    }

    /// <summary>Where the client sent both names of one thing, the one that was renamed wins.</summary>
    private bool GivesWayToRenamed(ReadOnlySpan<char> name)
    {
        foreach (var rename in quirks.Renames)
        {
            if (name.SequenceEqual(rename.To) && IsGiven(rename.From)) return true;
        }

        return false;
    }
}
