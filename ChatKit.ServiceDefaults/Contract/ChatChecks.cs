using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Models;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>What the backend and the worker read. What keeps them from starting is told by <see cref="RequiredVariables"/>.</summary>
internal static class ChatChecks
{
    public const string OriginsVariable = "ALLOWED_ORIGINS";

    public static Finding Database(VariableReading address)
    {
        var (target, problem) = DatabaseTarget.Resolve(address.Configuration);
        if (target is null)
            return address.Value is null ? address.Missing(problem!.Advice) : address.Invalid(problem!.Advice);
        if (target.InMemory)
            return address.Warn("an SQLite database in memory: threads end with the process, and no other process sees them");
        return address.Ok(target.Kind == DatabaseKind.Sqlite ? "an SQLite file: right for one machine" : "PostgreSQL");
    }

    public static Finding Provider(VariableReading provider) => provider.Value?.ToLowerInvariant() switch
    {
        null => provider.Warn("not set: the chat calls OpenAI directly; MODEL_PROVIDER=litellm goes through the gateway"),
        ModelProvider.LiteLlm => provider.Ok("the chat goes through the gateway"),
        ModelProvider.OpenAi => provider.Ok("the chat calls OpenAI directly"),
        _ => provider.Ok("the chat calls a provider of your own"),
    };

    public static Finding Model(VariableReading model) =>
        model.Ok(model.Value is null && model.Of("MODEL") is null ? "not set: the first model that the gateway lists" : "set");

    public static Finding TitleModel(VariableReading model) => model.Ok(model.Value is null ? "not set: the model that answers the thread" : "set");

    public static Finding TranscriptionModel(VariableReading model) => model.Ok(model.Value is null ? "not set: dictation is not offered" : "set");

    public static Finding Prompt(VariableReading prompt) => prompt.Ok(prompt.Value is null ? "not set: a short one of our own" : "set");

    public static Finding AssistantFile(VariableReading file) => file.Value is not { } path ? file.Ok("not set: chatkit.yaml in the folder of the start, where there is one")
        : File.Exists(path) ? file.Ok("set") : file.Invalid("names a file that is not there");

    public static Finding ToolServers(VariableReading servers) => servers.Ok(servers.Value is null ? "not set: the servers of chatkit.yaml" : "set");

    public static Finding EmbeddingModel(VariableReading model) => model.Ok(model.Value is null ? "not set: the first model that the gateway says embeds" : "set");

    public static Finding KeyName(VariableReading name)
    {
        if (name.Value is not { } variable)
            return name.Ok("not set: the provider's own key is used");
        return name.Of(variable) is null ? name.Missing("names a variable that is not set") : name.Ok("names a variable that is set");
    }

    /// <summary>A list of origins, separated by commas.</summary>
    public static Finding Origins(VariableReading origins)
    {
        if (origins.Value is not { } list)
            return origins.Warn("not set: only the backend's own page may call it");
        return OriginsProblem(list) is { } problem ? origins.Invalid(problem) : origins.Ok("set");
    }

    /// <summary>What is wrong with a list of origins; null when nothing is.</summary>
    public static string? OriginsProblem(string list)
    {
        var entries = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (entries.Contains("*"))
            return "must list origins: * would let every web site that you visit read the chats";
        return entries.All(IsOrigin) ? null : "lists something that is not an origin such as https://chat.example.com";
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/";
}
