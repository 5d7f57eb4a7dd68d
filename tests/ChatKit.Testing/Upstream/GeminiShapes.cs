using System.Text;
using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// The messages of Gemini's API (https://github.com/googleapis/googleapis/tree/master/google/ai/generativelanguage/v1beta, and the SDK's types for what is newer).
/// Google refuses every name that it does not know, and every value of another type.
/// </summary>
internal static class GeminiShapes
{
    /// <summary>Message: its members. A type is a message, <c>string number bool bytes any struct</c>, an enumeration <c>A|B</c>, <c>[]</c> for a list, <c>map</c> for schemas by name.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Messages = Parse(
        """
        GenerateContentRequest: model=string systemInstruction=Content contents=[]Content tools=[]Tool toolConfig=ToolConfig safetySettings=[]SafetySetting generationConfig=GenerationConfig cachedContent=string serviceTier=standard|flex|priority labels=struct
        CountTokensRequest: contents=[]Content generateContentRequest=GenerateContentRequest
        Content: role=string parts=[]Part
        Part: text=string inlineData=Blob fileData=FileData functionCall=FunctionCall functionResponse=FunctionResponse executableCode=struct codeExecutionResult=struct thought=bool thoughtSignature=bytes videoMetadata=struct mediaResolution=MediaResolution
        MediaResolution: level=MEDIA_RESOLUTION_LOW|MEDIA_RESOLUTION_MEDIUM|MEDIA_RESOLUTION_HIGH
        Blob: mimeType=string data=bytes
        FileData: mimeType=string fileUri=string
        FunctionCall: id=string name=string args=struct
        FunctionResponse: id=string name=string response=struct parts=[]FunctionResponsePart
        FunctionResponsePart: inlineData=Blob
        Tool: functionDeclarations=[]FunctionDeclaration googleSearch=struct codeExecution=struct urlContext=struct googleMaps=struct computerUse=struct fileSearch=struct googleSearchRetrieval=struct
        FunctionDeclaration: name=string description=string parameters=Schema parametersJsonSchema=any
        ToolConfig: functionCallingConfig=FunctionCallingConfig retrievalConfig=struct includeServerSideToolInvocations=bool
        FunctionCallingConfig: mode=AUTO|ANY|NONE|VALIDATED allowedFunctionNames=[]string
        SafetySetting: category=string threshold=BLOCK_LOW_AND_ABOVE|BLOCK_MEDIUM_AND_ABOVE|BLOCK_ONLY_HIGH|BLOCK_NONE|OFF
        GenerationConfig: candidateCount=number stopSequences=[]string maxOutputTokens=number temperature=number topP=number topK=number seed=number responseMimeType=string responseSchema=Schema responseJsonSchema=any presencePenalty=number frequencyPenalty=number responseLogprobs=bool logprobs=number responseModalities=[]TEXT|IMAGE|AUDIO speechConfig=SpeechConfig thinkingConfig=ThinkingConfig imageConfig=struct mediaResolution=string enableEnhancedCivicAnswers=bool
        ThinkingConfig: includeThoughts=bool thinkingBudget=number thinkingLevel=MINIMAL|LOW|MEDIUM|HIGH
        SpeechConfig: voiceConfig=VoiceConfig languageCode=string multiSpeakerVoiceConfig=struct
        VoiceConfig: prebuiltVoiceConfig=PrebuiltVoiceConfig
        PrebuiltVoiceConfig: voiceName=string
        Schema: type=STRING|NUMBER|INTEGER|BOOLEAN|ARRAY|OBJECT|NULL format=string title=string description=string nullable=bool enum=[]string items=Schema maxItems=number minItems=number properties=map required=[]string minProperties=number maxProperties=number minimum=number maximum=number minLength=number maxLength=number pattern=string example=any anyOf=[]Schema propertyOrdering=[]string default=any
        """);

    /// <summary>What Vertex AI's version 1 does not know.</summary>
    private static readonly string[] OnlyAtStudio = ["FunctionCall.id", "FunctionResponse.id", "GenerateContentRequest.serviceTier"];

    /// <summary>The complaint about a name or a value; null where all is known.</summary>
    public static string? Unknown(JsonElement body, string message, bool isVertex) => Check(body, message, "", isVertex);

    private static string? Check(JsonElement value, string type, string path, bool isVertex) => type switch
    {
        ['[', ']', .. var item] => value.ValueKind is not JsonValueKind.Array ? Wrong(path, value)
            : value.EnumerateArray().Select((element, i) => Check(element, item, $"{path}[{i}]", isVertex)).FirstOrDefault(static found => found is not null),
        "any" => null,
        "struct" => value.ValueKind is JsonValueKind.Object ? null : Wrong(path, value),
        "string" => value.ValueKind is JsonValueKind.String ? null : Wrong(path, value),
        "number" => value.ValueKind is JsonValueKind.Number ? null : Wrong(path, value),
        "bool" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Wrong(path, value),
        "bytes" => value.ValueKind is JsonValueKind.String && IsBase64(value.GetString()!) ? null : $"Invalid value at '{Snake(path)}' (TYPE_BYTES), Base64 decoding failed for \"{value}\"",
        "map" => value.ValueKind is not JsonValueKind.Object ? Wrong(path, value)
            : value.EnumerateObject().Select(member => Check(member.Value, "Schema", $"{path}.{member.Name}", isVertex)).FirstOrDefault(static found => found is not null),
        _ when !Messages.ContainsKey(type) => value.ValueKind is JsonValueKind.String && type.Split('|').Contains(value.GetString()) ? null : Wrong(path, value),
        _ => CheckMessage(value, type, path, isVertex),
    };

    private static string? CheckMessage(JsonElement value, string type, string path, bool isVertex)
    {
        if (value.ValueKind is not JsonValueKind.Object) return Wrong(path, value);
        foreach (var member in value.EnumerateObject())
        {
            var name = Messages[type].Keys.FirstOrDefault(known => known == member.Name || Snake(known) == member.Name);
            if (name is null || (isVertex && OnlyAtStudio.Contains($"{type}.{name}")))
                return $"Invalid JSON payload received. Unknown name \"{member.Name}\"{(path.Length == 0 ? "" : $" at '{Snake(path)}'")}: Cannot find field.";
            if (Check(member.Value, Messages[type][name], path.Length == 0 ? name : $"{path}.{name}", isVertex) is { } wrong) return wrong;
        }

        return null;
    }

    private static string Wrong(string path, JsonElement value) => $"Invalid value at '{Snake(path)}', {value.GetRawText()}";

    /// <summary>In either alphabet, with or without padding.</summary>
    private static bool IsBase64(string text) => System.Buffers.Text.Base64.IsValid(text) || System.Buffers.Text.Base64Url.IsValid(text);

    private static string Snake(string camel)
    {
        var snake = new StringBuilder(camel.Length + 8);
        foreach (var letter in camel)
        {
            if (char.IsAsciiLetterUpper(letter)) snake.Append('_');
            snake.Append(char.ToLowerInvariant(letter));
        }

        return snake.ToString();
    }

    private static Dictionary<string, Dictionary<string, string>> Parse(string table) => table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => line.Split(": ", 2))
        .ToDictionary(static line => line[0], static line => line[1].Split(' ').Select(static member => member.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1]));
}
