using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>Responses request → chat completion request: the members around the conversation, which <see cref="ResponsesItems"/> translates.</summary>
internal sealed class ResponsesRequestTranslator(ChatExtensions extensions, Uncarried uncarried)
{
    /// <summary>The chat request, or the reason why there is none.</summary>
    public GatewayError? Translate(AskedResponse asked, ModelCall call, out ChatRequest? chat)
    {
        chat = null;
        if (Rest(asked.Others) is { } unsupported) return unsupported;
        if (Include(asked.Include) is { } notIncluded) return notIncluded;
        if (Tools(asked.Tools, out var tools) is { } wrongTool) return wrongTool;
        if (Choice(asked.ToolChoice, out var choice) is { } wrongChoice) return wrongChoice;
        if (ResponsesFormat.Translate(asked.Text?.Format, out var format) is { } wrongFormat) return wrongFormat;
        var items = new ResponsesItems(extensions, uncarried);
        if (items.Translate(asked) is { } wrongItem) return wrongItem;

        var others = new Dictionary<string, JsonElement>();
        if (format is { } asJson) others["response_format"] = asJson;
        if (asked.Reasoning?.Effort is { } effort) others["reasoning_effort"] = ChatBody.Text(effort);
        if (asked.Text?.Verbosity is { } verbosity and not "medium") others["verbosity"] = ChatBody.Text(verbosity);
        if (asked.Truncation is "auto") uncarried.Lose("truncation");
        chat = new ChatRequest
        {
            Model = call.Envelope.Model,
            Messages = items.Messages,
            MaxCompletionTokens = asked.MaxOutputTokens,
            Temperature = asked.Temperature,
            TopP = asked.TopP,
            Stream = call.Envelope.Stream ? true : null,
            Tools = tools,
            ToolChoice = tools is null ? null : choice,
            ParallelToolCalls = tools is not null && asked.ParallelToolCalls is false ? false : null,
            User = asked.User,
            SafetyIdentifier = asked.SafetyIdentifier,
            ServiceTier = asked.ServiceTier,
            Others = others,
        };
        return null;
    }

    /// <summary>What has no member of its own: the gateway's fields, hints, and what OpenAI's servers do.</summary>
    private GatewayError? Rest(Dictionary<string, JsonElement>? others)
    {
        foreach (var (name, value) in others ?? [])
        {
            if (name is "model" or "stream" or "stream_options" or "store" || AsksNothing(name, value) || GatewayFields.IsObeyed(name)) continue;
            if (GatewayFields.Contains(name) || name is "prompt_cache_key" or "prompt_cache_retention" or "max_tool_calls") uncarried.Lose(name);
            else if (uncarried.Refuse(name) is { } refused) return refused;
        }

        return null;
    }

    private static bool AsksNothing(string name, JsonElement value) =>
        value.ValueKind is JsonValueKind.Null or JsonValueKind.False || (name is "top_logprobs" && value.ValueKind is JsonValueKind.Number && value.GetRawText() is "0");

    /// <summary>Sealed reasoning is always in the answer; what else can be included belongs to OpenAI's own tools, or is not in a chat.</summary>
    private GatewayError? Include(IReadOnlyList<string?>? include)
    {
        foreach (var name in include ?? [])
        {
            if (name is "message.output_text.logprobs") return uncarried.Refuse($"include.{name}");
            if (name is not (null or "reasoning.encrypted_content")) uncarried.Lose($"include.{name}");
        }

        return null;
    }

    private GatewayError? Tools(IReadOnlyList<AskedFunction?>? asked, out List<ChatTool>? tools)
    {
        tools = null;
        for (var i = 0; i < asked?.Count; i++)
        {
            var tool = asked[i] ?? new AskedFunction();
            if (tool.Type is not "function")
            {
                if (tool.Type is null) return ChatRefusals.Invalid($"tools[{i}].type", "A tool needs a type.");
                if (uncarried.Refuse($"tools[{i}].{tool.Type}") is { } refused) return refused;
                continue;
            }

            if (tool.Name is not { Length: > 0 } name) return ChatRefusals.Invalid($"tools[{i}].name", "A function needs a name.");
            (tools ??= []).Add(new ChatTool
            {
                Type = "function",
                Function = new ChatFunction { Name = name, Description = tool.Description, Parameters = tool.Parameters, Strict = tool.Strict },
            });
        }

        return null;
    }

    /// <summary>A word, or an object that names a function: <c>{"type":"function","name":"weather"}</c>.</summary>
    private GatewayError? Choice(JsonElement? asked, out JsonElement? choice)
    {
        choice = null;
        switch (asked)
        {
            case null or { ValueKind: JsonValueKind.Null }:
                return null;
            case { ValueKind: JsonValueKind.String } word when word.GetString() is "auto" or "none" or "required":
                choice = word;
                return null;
            case { ValueKind: JsonValueKind.Object } named when named.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String:
                if (!type.ValueEquals("function")) return uncarried.Refuse($"tool_choice.{type.GetString()}");
                if (named.TryGetProperty("name", out var name) && name.ValueKind is JsonValueKind.String)
                {
                    choice = ChatBody.Json($$$"""{"type":"function","function":{"name":{{{name.GetRawText()}}}}}""");
                    return null;
                }

                break;
        }

        return ChatRefusals.Invalid("tool_choice", "'tool_choice' is 'auto', 'none', 'required', or an object that names one function.");
    }
}
