using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Telemetry;

/// <summary>
/// The names of OpenTelemetry's conventions for generative AI (https://opentelemetry.io/docs/specs/semconv/gen-ai/, in development), and ours beside
/// them: the only place where they are spelt.
/// </summary>
internal static class GenAi
{
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";

    public const string RequestModel = "gen_ai.request.model";
    public const string RequestStream = "gen_ai.request.stream";
    public const string RequestSeed = "gen_ai.request.seed";
    public const string RequestChoiceCount = "gen_ai.request.choice.count";
    public const string RequestTemperature = "gen_ai.request.temperature";
    public const string RequestTopP = "gen_ai.request.top_p";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string RequestFrequencyPenalty = "gen_ai.request.frequency_penalty";
    public const string RequestPresencePenalty = "gen_ai.request.presence_penalty";

    public const string ResponseId = "gen_ai.response.id";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ResponseFinishReasons = "gen_ai.response.finish_reasons";
    public const string ResponseTimeToFirstChunk = "gen_ai.response.time_to_first_chunk";

    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CacheReadTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string CacheCreationTokens = "gen_ai.usage.cache_creation.input_tokens";
    public const string ReasoningTokens = "gen_ai.usage.reasoning.output_tokens";
    public const string TokenType = "gen_ai.token.type";

    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ErrorType = "error.type";

    public const string UserId = "user.id";
    public const string SessionId = "session.id";

    /// <summary>US dollars; not of the conventions, but what those who show costs look for.</summary>
    public const string Cost = "gen_ai.usage.cost";

    public const string KeyAlias = "chatkit.gateway.key_alias";
    public const string Team = "chatkit.gateway.team";
    public const string ModelGroup = "chatkit.gateway.model_group";
    public const string Deployment = "chatkit.gateway.deployment";
    public const string UsageEstimated = "chatkit.gateway.usage.estimated";
    public const string AttemptNumber = "chatkit.gateway.attempt";
    public const string AttemptKind = "chatkit.gateway.attempt.kind";

    public const string RouteChoice = "chatkit.route.choice";
    public const string RouteAttempt = "chatkit.route.attempt";
    public const string RouteReason = "chatkit.route.reason";
    public const string RoutePassedOver = "chatkit.route.passed_over";
    public const string RouteStatus = "chatkit.route.status";

    /// <summary>The conventions' word for an operation; LiteLLM's where they have none.</summary>
    public static string Operation(Operation operation) => operation.Name switch
    {
        "messages" or "responses" => "chat",
        "completions" => "text_completion",
        var name => name,
    };
}
