using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>What Gemini refuses in a request whose names and types are right, in its own words where they are known.</summary>
public sealed class GeminiRequestRules(string model, bool isVertex)
{
    private const int MostStopSequences = 5;

    /// <summary>The message of the error; null where the request is fine.</summary>
    public string? Refuse(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object) return "Invalid JSON payload received. Unexpected token.";
        if (GeminiShapes.Unknown(body, "GenerateContentRequest", isVertex) is { } unknown) return unknown;
        if (!body.TryGetProperty("contents", out var contents) || contents.GetArrayLength() == 0) return "* GenerateContentRequest.contents: contents is not specified";
        return Turns(contents) ?? Calls(contents) ?? Signatures(contents) ?? Tools(body) ?? (body.TryGetProperty("generationConfig", out var config) ? Config(config) : null);
    }

    private static string? Turns(JsonElement contents)
    {
        var index = 0;
        foreach (var content in contents.EnumerateArray())
        {
            var at = $"* GenerateContentRequest.contents[{index++}]";
            if (Role(content) is not ("user" or "model" or null)) return "Please use a valid role: user, model.";
            if (!content.TryGetProperty("parts", out var parts) || parts.GetArrayLength() == 0) return $"{at}.parts: contents.parts must not be empty.";
            foreach (var part in parts.EnumerateArray())
            {
                var data = part.EnumerateObject().Count(static member => member.Name is "text" or "inlineData" or "fileData" or "functionCall" or "functionResponse" or "executableCode" or "codeExecutionResult");
                if (data != 1) return $"{at}.parts: required oneof field 'data' must have one initialized field";
                if (part.TryGetProperty("functionCall", out var call) && !call.TryGetProperty("name", out _)) return $"{at}.parts.function_call.name: Name cannot be empty.";
                if (part.TryGetProperty("functionResponse", out var response) && !(response.TryGetProperty("name", out _) && response.TryGetProperty("response", out _)))
                    return $"{at}.parts.function_response.name: Name cannot be empty.";
            }
        }

        return null;
    }

    /// <summary>Calls come after a question or an answer, and their answers, as many and by the same names, right behind them.</summary>
    private static string? Calls(JsonElement contents)
    {
        var turns = Merge(contents);
        for (var i = 0; i < turns.Count; i++)
        {
            var (calls, answers) = (Names(turns[i].Parts, "functionCall"), Names(turns[i].Parts, "functionResponse"));
            if (answers.Count > 0 && (i == 0 || Names(turns[i - 1].Parts, "functionCall").Count == 0))
                return "Please ensure that function response turn comes immediately after a function call turn.";
            if (calls.Count == 0) continue;
            if (!turns[i].IsModel || i == 0) return "Please ensure that function call turn comes immediately after a user turn or after a function response turn.";
            if (i + 1 < turns.Count && !Names(turns[i + 1].Parts, "functionResponse").Order().SequenceEqual(calls.Order()))
                return "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.";
        }

        return null;
    }

    /// <summary>Since the last question, the first call of each turn has the signature that it came with: https://ai.google.dev/gemini-api/docs/thought-signatures</summary>
    private string? Signatures(JsonElement contents)
    {
        if (!model.StartsWith("gemini-3", StringComparison.Ordinal)) return null;
        var turns = Merge(contents);
        var question = turns.FindLastIndex(static turn => !turn.IsModel && Names(turn.Parts, "functionResponse").Count == 0);
        for (var i = question + 1; i < turns.Count; i++)
        {
            var first = turns[i].Parts.FirstOrDefault(static part => part.TryGetProperty("functionCall", out _));
            if (first.ValueKind is JsonValueKind.Object && !first.TryGetProperty("thoughtSignature", out _))
                return $"Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call `default_api:{first.GetProperty("functionCall").GetProperty("name")}` , position {i + 1}.";
        }

        return null;
    }

    /// <summary>Neighbours of one role are one turn: SDKs keep the pieces of a stream apart.</summary>
    private static List<(bool IsModel, List<JsonElement> Parts)> Merge(JsonElement contents)
    {
        var turns = new List<(bool IsModel, List<JsonElement> Parts)>();
        foreach (var content in contents.EnumerateArray())
        {
            var isModel = Role(content) is "model";
            if (turns.Count == 0 || turns[^1].IsModel != isModel) turns.Add((isModel, []));
            turns[^1].Parts.AddRange(content.GetProperty("parts").EnumerateArray());
        }

        return turns;
    }

    private static string? Tools(JsonElement body)
    {
        if (!body.TryGetProperty("tools", out var tools)) return body.TryGetProperty("toolConfig", out _) ? "Function calling config is set without function_declarations." : null;
        var names = new HashSet<string>();
        foreach (var tool in tools.EnumerateArray())
        {
            if (tool.EnumerateObject().Count() != 1) return "tools[0].tool_type: required one_of 'tool_type' must have one initialized field";
            if (!tool.TryGetProperty("functionDeclarations", out var functions)) continue;
            foreach (var function in functions.EnumerateArray())
            {
                if (!names.Add(function.GetProperty("name").GetString()!)) return $"Duplicate function declaration found: {function.GetProperty("name")}";
                if (function.TryGetProperty("parameters", out _) && function.TryGetProperty("parametersJsonSchema", out _)) return "parameters and parameters_json_schema are mutually exclusive.";
            }
        }

        return body.TryGetProperty("toolConfig", out var config) && config.TryGetProperty("functionCallingConfig", out var calling)
            && calling.TryGetProperty("allowedFunctionNames", out var allowed) && !allowed.EnumerateArray().All(name => names.Contains(name.GetString()!))
                ? "allowed_function_names contains a function that is not declared." : null;
    }

    private string? Config(JsonElement config)
    {
        if (config.TryGetProperty("temperature", out var temperature) && temperature.GetDouble() is < 0 or > 2) return "* GenerateContentRequest.generation_config.temperature: temperature must be in the range [0.0, 2.0].";
        if (config.TryGetProperty("candidateCount", out var count) && count.GetInt32() is < 1 or > 8) return "The specified candidate count is not supported: it must be in the range [1, 8].";
        if (config.TryGetProperty("stopSequences", out var stop) && stop.GetArrayLength() > MostStopSequences) return "The number of stop sequences must not exceed 5.";
        var hasSchema = config.TryGetProperty("responseSchema", out _) || config.TryGetProperty("responseJsonSchema", out _);
        if (hasSchema && !(config.TryGetProperty("responseMimeType", out var type) && type.ValueEquals("application/json"))) return "Response schema requires response_mime_type to be application/json.";
        if (config.TryGetProperty("logprobs", out _) && !config.TryGetProperty("responseLogprobs", out _)) return "logprobs is set without response_logprobs.";
        if (!config.TryGetProperty("thinkingConfig", out var thinking)) return null;
        var hasLevel = thinking.TryGetProperty("thinkingLevel", out _);
        if (hasLevel && thinking.TryGetProperty("thinkingBudget", out _)) return "You can only set only one of thinking budget and thinking level.";
        return hasLevel && !model.StartsWith("gemini-3", StringComparison.Ordinal) ? "Thinking level is not supported for this model." : null;
    }

    private static string? Role(JsonElement content) => content.TryGetProperty("role", out var role) ? role.GetString() : null;

    private static List<string> Names(List<JsonElement> parts, string kind) =>
        [.. from part in parts where part.TryGetProperty(kind, out _) select part.GetProperty(kind).GetProperty("name").GetString()!];
}
