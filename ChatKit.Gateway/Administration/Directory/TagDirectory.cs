using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Makes, changes and deletes tags that have limits. Calls get their tags from clients, keys and teams; a tag without a row is a tag without limits.</summary>
internal sealed class TagDirectory(AdminDatabase database, TimeProvider time)
{
    private const string Subject = "tag";

    public ValueTask<Outcome<TagChangedWire>> NewAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<TagChangedWire>(
        by,
        async change =>
        {
            var (name, now) = (body.RequiredId("name"), time.GetUtcNow().UtcDateTime);
            var tag = new TagRow { Name = name, CreatedAt = now, UpdatedAt = now };
            if (await ApplyAsync(change, body, tag, cancellationToken) is { } problem) return problem;
            if (await change.Rows.Tags.AnyAsync(other => other.Name == name, cancellationToken)) return RequestErrors.Exists("name", "Tag", name);
            change.Rows.Tags.Add(tag);
            return await AnswerAsync(change, tag, "created", null, cancellationToken);
        },
        cancellationToken);

    public ValueTask<Outcome<TagChangedWire>> UpdateAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<TagChangedWire>(
        by,
        async change =>
        {
            var name = body.RequiredId("name");
            if (RequestErrors.Of(body) is { } unnamed) return unnamed;
            if (await change.Rows.Tags.FindAsync([name], cancellationToken) is not { } tag) return RequestErrors.NotFound("name", "Tag", name);
            var before = Text(await DescribeAsync(change, tag, cancellationToken));
            if (await ApplyAsync(change, body, tag, cancellationToken) is { } problem) return problem;
            tag.UpdatedAt = time.GetUtcNow().UtcDateTime;
            return await AnswerAsync(change, tag, "updated", before, cancellationToken);
        },
        cancellationToken);

    public ValueTask<Outcome<TagChangedWire>> DeleteAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<TagChangedWire>(
        by,
        async change =>
        {
            var name = body.RequiredId("name");
            if (RequestErrors.Of(body) is { } unnamed) return unnamed;
            if (await change.Rows.Tags.FindAsync([name], cancellationToken) is not { } tag) return RequestErrors.NotFound("name", "Tag", name);
            change.Record("deleted", Subject, name, Text(await DescribeAsync(change, tag, cancellationToken)), null);
            change.Announce(AccountKind.Tag, name);
            change.Rows.Tags.Remove(tag);
            return new TagChangedWire($"Tag {name} deleted successfully", null);
        },
        cancellationToken);

    public ValueTask<Outcome<Dictionary<string, TagWire>>> InfoAsync(RequestFields body, CancellationToken cancellationToken) => database.ReadAsync<Dictionary<string, TagWire>>(
        async rows =>
        {
            var names = body.RequiredTexts("names").Distinct().ToArray();
            if (RequestErrors.Of(body) is { } problem) return problem;
            var tags = await rows.Tags.AsNoTracking().Where(tag => EF.Parameter(names).Contains(tag.Name)).ToListAsync(cancellationToken);
            if (Array.Find(names, name => !tags.Exists(tag => tag.Name == name)) is { } missing) return RequestErrors.NotFound("names", "Tag", missing);
            var reader = await CustomerReader.OfAsync(rows, tags, time.GetUtcNow().UtcDateTime, cancellationToken);
            return tags.ToDictionary(static tag => tag.Name, reader.Describe);
        },
        cancellationToken);

    public ValueTask<Outcome<List<TagWire>>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<List<TagWire>>(
        async rows =>
        {
            var tags = await rows.Tags.AsNoTracking().OrderBy(static tag => tag.Name).ToListAsync(cancellationToken);
            return tags.ConvertAll((await CustomerReader.OfAsync(rows, tags, time.GetUtcNow().UtcDateTime, cancellationToken)).Describe);
        },
        cancellationToken);

    private static async Task<GatewayError?> ApplyAsync(PendingChange change, RequestFields body, TagRow tag, CancellationToken cancellationToken)
    {
        if (body.Has("description")) tag.Description = body.Text("description");
        if (body.Has("budget_id")) tag.BudgetId = body.Id("budget_id");
        if (body.Texts("models") is { Count: > 0 }) body.Wrong<string>("models", "is not kept here: deployments get their tags by litellm_params.tags, in the file or by /model/update");
        Allowances.Apply(body, tag);
        return RequestErrors.Of(body) ?? await NamedBudget.CheckAsync(change, body, cancellationToken);
    }

    private async Task<Outcome<TagChangedWire>> AnswerAsync(PendingChange change, TagRow tag, string action, string? before, CancellationToken cancellationToken)
    {
        var answer = await DescribeAsync(change, tag, cancellationToken);
        change.Announce(AccountKind.Tag, tag.Name);
        change.Record(action, Subject, tag.Name, before, Text(answer));
        return new TagChangedWire($"Tag {tag.Name} {action} successfully", answer);
    }

    private async Task<TagWire> DescribeAsync(PendingChange change, TagRow tag, CancellationToken cancellationToken) =>
        (await CustomerReader.OfAsync(change.Rows, [tag], time.GetUtcNow().UtcDateTime, cancellationToken)).Describe(tag);

    private static string Text(TagWire tag) => DirectoryText.Of(tag, DirectoryJson.Default.TagWire);
}
