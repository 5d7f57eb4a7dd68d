using ChatKit.ServiceDefaults.Configuration;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Logging;
using ChatKit.ServiceDefaults.Models;
using ChatKit.ServiceDefaults.Telemetry;
using static ChatKit.ServiceDefaults.ServiceKind;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>The environment contract: every variable that the product declares, once. Keys of further providers stand in the gateway's catalog.</summary>
public static class DeclaredVariables
{
    private const string Providers = "docs/guide.md#provider-keys";
    private const string Gateways = "docs/guide.md#the-gateway";
    private const string Chat = "docs/guide.md#backend-and-worker";
    private const string Users = "docs/users.md#settings";
    private const string Files = "docs/users.md#files";
    private const string Logs = "docs/guide.md#logs";

    private static readonly ServiceKind[] Everyone = [Gateway, Backend, Worker];
    private static readonly ServiceKind[] ModelClients = [Backend, Worker];

    /// <summary>In the order in which people fill them in.</summary>
    public static IReadOnlyList<EnvironmentVariable> All { get; } =
    [
        new("OPENAI_API_KEY", Everyone, "key of OpenAI's models", "sk-your-openai-key", Providers, KeyChecks.OpenAi),
        new("ANTHROPIC_API_KEY", [Gateway], "key of Anthropic's models", "sk-ant-your-anthropic-key", Providers, KeyChecks.Provider),
        new("MISTRAL_API_KEY", [Gateway], "key of Mistral's models", "your-mistral-key", Providers, KeyChecks.Provider),
        new("MISTRAL_API_BASE", [Gateway], "address of Mistral's API; every provider has its own", "https://api.mistral.ai/v1", Providers, GatewayChecks.OptionalAddress),
        new(DatabaseTarget.Variable, ModelClients, "where threads and jobs are kept", "sqlite:///./data/chatkit.db", Chat, ChatChecks.Database),
        new(ModelProvider.Variable, ModelClients, "whom the chat asks: openai, litellm (the gateway) or another", "litellm", Chat, ChatChecks.Provider),
        new(GatewayPort.Variable, Everyone, "port of the gateway", "4000", Gateways, GatewayChecks.Port),
        new("LITELLM_API_BASE", ModelClients, "address of the gateway", "http://127.0.0.1:4000", Gateways, GatewayChecks.Address),
        new(KeyChecks.SharedKey, Everyone, "key that the chat sends to the gateway", "sk-litellm-proxy", Gateways, KeyChecks.Shared),
        new(KeyChecks.MasterKey, [Gateway, Backend], "key that the gateway asks for", "sk-your-master-key", Gateways, KeyChecks.Master),
        new("CONFIG_FILE_PATH", [Gateway], "the gateway's config.yaml", "docs/examples/config.yaml", Gateways, GatewayChecks.ConfigFile),
        new(KeyChecks.StoreModels, [Gateway], "whether models are kept in the database", "False", Gateways, KeyChecks.StoreModelInDb),
        new(GatewayChecks.SpendJournal, [Gateway], "folder of the spend journal", "./data/spend", Gateways, GatewayChecks.Journal),
        new("WEBHOOK_URL", [Gateway], "who is told of budgets, with alerting: [webhook]", "https://example.com/budgets", Gateways, GatewayChecks.OptionalAddress),
        new("SLACK_WEBHOOK_URL", [Gateway], "the chat that is told of budgets, with alerting: [slack]", "https://hooks.slack.com/services/T/B/x", Gateways, GatewayChecks.OptionalAddress),
        new(KeyChecks.SaltKey, [Gateway, Backend], "encrypts the keys that are kept in the database", "sk-your-salt-key", Gateways, KeyChecks.Salt),
        new("CHATKIT_MODEL", ModelClients, "the model that answers where the user chose none", "demo", Chat, ChatChecks.Model),
        new("TITLE_MODEL", [Worker], "the model that names threads", "demo", Chat, ChatChecks.TitleModel),
        new("TRANSCRIPTION_MODEL", [Backend], "the model that writes down what is dictated", "whisper-1", Chat, ChatChecks.TranscriptionModel),
        new("CHATKIT_SYSTEM_PROMPT", [Backend], "what the model is told before every conversation", "You are a helpful assistant.", Chat, ChatChecks.Prompt),
        new("CHATKIT_CONFIG", [Backend], "the assistant's chatkit.yaml: its tools, and how it answers", "chatkit.yaml", Chat, ChatChecks.AssistantFile),
        new("CHATKIT_MCP_SERVERS", [Backend], "tool servers, as JSON; beside those of chatkit.yaml", """{"time":{"command":"uvx","args":["mcp-server-time"]}}""", Chat, ChatChecks.ToolServers),
        new("EMBEDDING_MODEL", [Backend], "the model by which attached files are searched", "text-embedding-3-small", Chat, ChatChecks.EmbeddingModel),
        new(ChatChecks.OriginsVariable, [Backend], "web pages on other origins that may call the backend", "https://chat.example.com", Chat, ChatChecks.Origins),
        new(AccessProblems.AdminEmail, [Backend], "the first administrator, who signs in with it", "you@example.com", Users, AccessChecks.AdminEmail),
        new(AccessProblems.AdminPassword, [Backend], "the first administrator's password", "your-own-long-sentence", Users, AccessChecks.AdminPassword),
        new(AccessProblems.Secret, [Backend], "secret with which a host application signs its users' tokens (HS256)", "your-secret-of-at-least-32-characters", Users, AccessChecks.Secret),
        new(AccessProblems.Issuer, [Backend], "who makes the host application's tokens", "https://login.example.com", Users, AccessChecks.Issuer),
        new(AccessProblems.Audience, [Backend], "for whom the host application's tokens are made", "chatkit", Users, AccessChecks.Audience),
        new(AccessProblems.Keys, [Backend], "where the issuer's public keys are, if it does not say so itself", "https://login.example.com/keys", Users, AccessChecks.Keys),
        new(AccessChecks.AnonymousVariable, [Backend], "who may chat without an account: people at this machine (loopback), anyone or none", "loopback", Users, AccessChecks.Anonymous),
        new(LimitChecks.ChatVariable, [Backend], "requests per person and minute; 0 for no limit", "100", Users, LimitChecks.Chat),
        new(LimitChecks.UploadVariable, [Backend], "uploads per person and minute; 0 for no limit", "10", Users, LimitChecks.Uploads),
        new(LimitChecks.BudgetVariable, [Backend], "what one person may spend on models, in US dollars", "10", Users, LimitChecks.Budget),
        new(LimitChecks.PeriodVariable, [Backend], "after which time a person's budget is full again", "30d", Users, LimitChecks.Period),
        new(ScanChecks.Address, [Backend], "webhook of a virus scanner that sees every uploaded file", "http://127.0.0.1:8080/scan", Files, ScanChecks.Url),
        new(ScanChecks.Token, [Backend], "bearer token for the virus scanner", "your-scanner-token", Files, ScanChecks.Secret),
        new(ScanChecks.Timeout, [Backend], "seconds that the virus scanner may take", "30", Files, ScanChecks.Seconds),
        new(ScanChecks.Failure, [Backend], "what becomes of a file that could not be scanned: deny or allow", "deny", Files, ScanChecks.Unseen),
        new(ScanChecks.Hours, [Worker], "hours after which a file that no message took is deleted", "24", Files, ScanChecks.KeptFor),
        new(ModelProvider.BaseVariable, ModelClients, "address that replaces the provider's", "https://api.openai.com/v1", Chat, GatewayChecks.OptionalAddress),
        new(ModelProvider.OpenAiBaseVariable, ModelClients, "address of an OpenAI-compatible API, for MODEL_PROVIDER=openai", "https://api.openai.com", Chat, GatewayChecks.OptionalAddress),
        new(ModelProvider.KeyNameVariable, ModelClients, "name of the variable that holds the key", "OPENAI_API_KEY", Chat, ChatChecks.KeyName),
        new(TelemetryOptions.Endpoint, Everyone, "collector of traces, metrics and logs", "http://127.0.0.1:4317", Logs, LogChecks.Collector),
        new(ConsoleLogging.LevelVariable, Everyone, "how much is logged: DEBUG, INFO, WARNING or ERROR", "INFO", Logs, LogChecks.Level),
        new(ConsoleLogging.JsonVariable, Everyone, "log lines as JSON", "false", Logs, LogChecks.Json),
    ];
}
