using System.Text.Json;
using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Administration.Auditing;
using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Models;

/// <summary>
/// Adds, changes and removes models while the gateway runs. A model is bound as it would be from the file before it is stored, and refused with every problem and its
/// path; whoever gets the answer can call the model.
/// </summary>
internal sealed class ModelAdministration(AdminDatabase database, StoredModelWatch watch, IModelBinding binding, SnapshotHolder snapshots, TimeProvider time)
{
    private const string Subject = "model";

    private static readonly GatewayError NotEnabled =
        new(400, "bad_request_error", "Models are kept in the database only where STORE_MODEL_IN_DB=True, or general_settings.store_model_in_db: true, says so.") { Origin = ErrorOrigin.Configuration };

    private static readonly GatewayError NoKey =
        new(400, "bad_request_error", "Credentials are stored encrypted, and there is no key to do it with. Set LITELLM_SALT_KEY.") { Origin = ErrorOrigin.Configuration };

    public ValueTask<Outcome<StoredModelWire>> NewAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => ChangeAsync<StoredModelWire>(
        by,
        async (change, key) =>
        {
            var info = body.Section("model_info");
            var (id, name) = (info?.Id("id") ?? Guid.NewGuid().ToString(), body.RequiredText("model_name"));
            var parameters = body.Json("litellm_params") ?? body.Wrong<string>("litellm_params", "is required: an object that holds at least model: provider/name");
            if (RequestErrors.Of(body) is { } problem) return problem;
            var model = new StoredModel(id, name, new Secret(parameters!), body.Json("model_info") ?? "{}");
            if (Refuse(model) is { } refused) return refused;
            var isTaken = await change.Rows.StoredModels.AnyAsync(other => other.Id == id, cancellationToken) || snapshots.Current.Deployments.Any(other => other.Id == id);
            if (isTaken) return RequestErrors.Exists("model_info.id", "Model", id);

            var now = time.GetUtcNow().UtcDateTime;
            var row = new StoredModelRow
            {
                Id = id,
                ModelName = name,
                Parameters = Seal(model, key),
                Info = model.Info,
                CreatedAt = now,
                CreatedBy = change.Author,
                UpdatedAt = now,
                UpdatedBy = change.Author,
            };
            change.Rows.StoredModels.Add(row);
            var answer = Describe(row, model);
            change.Record("created", Subject, id, null, Text(answer));
            return answer;
        },
        cancellationToken);

    /// <param name="body">What is laid over the model that is there.</param>
    /// <param name="idOfPath">Null where the body names the model by <c>model_info.id</c>.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="cancellationToken">The request's.</param>
    public ValueTask<Outcome<StoredModelWire>> UpdateAsync(RequestFields body, string? idOfPath, Caller by, CancellationToken cancellationToken) => ChangeAsync<StoredModelWire>(
        by,
        async (change, key) =>
        {
            var info = body.Section("model_info");
            var id = idOfPath ?? info?.Id("id") ?? body.Wrong<string>("model_info.id", "is required: the id of the model");
            var (name, parameters, patch) = (body.Text("model_name"), body.Json("litellm_params"), body.Json("model_info"));
            if (RequestErrors.Of(body) is { } problem) return problem;
            if (await change.Rows.StoredModels.FindAsync([id], cancellationToken) is not { } row) return NotStored(id!);
            if (key.Open(row) is not { } before) return Sealed(id!);

            var isPatch = idOfPath is not null;
            var model = new StoredModel(
                row.Id,
                string.IsNullOrEmpty(name) ? row.ModelName : name,
                parameters is null ? before.Parameters : new Secret(MergedObject.Of(before.Parameters.Reveal(), parameters, isPatch)),
                patch is null ? before.Info : MergedObject.Of(before.Info, patch, isPatch));
            if (Refuse(model) is { } refused) return refused;
            var was = Text(Describe(row, before));
            (row.ModelName, row.Parameters, row.Info, row.UpdatedBy) = (model.Name, Seal(model, key), model.Info, change.Author);
            row.UpdatedAt = Later(row.UpdatedAt);
            var answer = Describe(row, model);
            change.Record("updated", Subject, row.Id, was, Text(answer));
            return answer;
        },
        cancellationToken);

    public ValueTask<Outcome<MessageWire>> DeleteAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => ChangeAsync<MessageWire>(
        by,
        async (change, key) =>
        {
            var id = body.RequiredId("id");
            if (RequestErrors.Of(body) is { } problem) return problem;
            if (await change.Rows.StoredModels.FindAsync([id], cancellationToken) is not { } row) return NotStored(id);
            change.Record("deleted", Subject, id, key.Open(row) is { } model ? Text(Describe(row, model)) : null, null);
            change.Rows.StoredModels.Remove(row);
            return new MessageWire($"Model: {id} deleted successfully");
        },
        cancellationToken);

    private async ValueTask<Outcome<T>> ChangeAsync<T>(Caller by, Func<PendingChange, ModelKey, Task<Outcome<T>>> change, CancellationToken cancellationToken)
        where T : class
    {
        var settings = snapshots.Current.Settings;
        if (!settings.StoresModels) return NotEnabled;
        if (StoredModelWatch.SealingKeyOf(settings) is not { } secret) return NoKey;
        var key = new ModelKey(secret);
        var outcome = await database.ChangeAsync<T>(by, pending => change(pending, key), cancellationToken);
        // Stored is stored, whether its author waits or not.
        if (outcome.Error is null) await watch.RefreshAsync(CancellationToken.None);
        return outcome;
    }

    private GatewayError? Refuse(StoredModel model) =>
        binding.Check(model) is { Count: > 0 } problems ? new GatewayError(400, "bad_request_error", string.Join("; ", problems), problems[0].Split(':')[0]) : null;

    private GatewayError NotStored(string id) => snapshots.Current.Deployments.Any(deployment => deployment.Id == id && !deployment.IsStored)
        ? new GatewayError(400, "bad_request_error", $"The model {id} stands in the configuration file, which only its owner changes.", "id")
        : RequestErrors.NotFound("id", "Model", id);

    private static GatewayError Sealed(string id) =>
        new(409, "bad_request_error", $"The model {id} was sealed under another key than the one that is configured. Set the LITELLM_SALT_KEY that it was stored with, or delete it.", "id");

    /// <summary>Later than it was, whatever this machine's clock says: other replicas see a change by its time.</summary>
    private DateTime Later(DateTime than)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now > than ? now : than.AddMicroseconds(1);
    }

    private static string Seal(StoredModel model, ModelKey key)
    {
        using var parameters = JsonDocument.Parse(model.Parameters.Reveal());
        return SealedParameters.Seal(parameters.RootElement, key.Text);
    }

    private static StoredModelWire Describe(StoredModelRow row, StoredModel model) => new(row.Id, model.Name)
    {
        LitellmParams = StoredObject.ReadOrEmpty(Redaction.Of(model.Parameters.Reveal())),
        ModelInfo = StoredObject.ReadOrEmpty(MergedObject.Of(model.Info, $$"""{"id":"{{JsonEncodedText.Encode(row.Id)}}","db_model":true}""", nullRemoves: false)),
        CreatedAt = row.CreatedAt,
        CreatedBy = row.CreatedBy,
        UpdatedAt = row.UpdatedAt,
        UpdatedBy = row.UpdatedBy,
    };

    private static string Text(StoredModelWire model) => DirectoryText.Of(model, DirectoryJson.Default.StoredModelWire);
}
