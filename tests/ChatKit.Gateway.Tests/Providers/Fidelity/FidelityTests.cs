using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Providers;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Fidelity;

/// <summary>docs/fidelity.md is what this test finds by asking each dialect to write a request, parameter by parameter.</summary>
public sealed class FidelityTests
{
    private const string Hi = """{"role":"user","content":"Hi"}""";
    private const string Tool = """{"type":"function","function":{"name":"now","parameters":{"type":"object","properties":{}}}}""";

    /// <summary>A parameter with a value that asks for something, and what else the request needs for it.</summary>
    private static readonly (string Name, string Value, string Besides)[] Parameters =
    [
        ("audio", """{"voice":"alloy","format":"wav"}""", ""),
        ("frequency_penalty", "0.5", ""),
        ("function_call", """{"name":"now"}""", ""),
        ("functions", """[{"name":"now"}]""", ""),
        ("logit_bias", """{"50256":-100}""", ""),
        ("logprobs", "true", ""),
        ("max_completion_tokens", "100", ""),
        ("max_tokens", "100", ""),
        ("metadata", """{"team":"blue"}""", ""),
        ("modalities", """["text","audio"]""", ""),
        ("moderation", """{"model":"omni-moderation-latest"}""", ""),
        ("n", "2", ""),
        ("parallel_tool_calls", "false", $",\"tools\":[{Tool}]"),
        ("prediction", """{"type":"content","content":"x"}""", ""),
        ("presence_penalty", "0.5", ""),
        ("prompt_cache_key", "\"k\"", ""),
        ("prompt_cache_options", """{"ttl":"1h"}""", ""),
        ("prompt_cache_retention", "\"24h\"", ""),
        ("reasoning_effort", "\"high\"", ""),
        ("response_format", """{"type":"json_object"}""", ""),
        ("safety_identifier", "\"7f3a\"", ""),
        ("seed", "42", ""),
        ("service_tier", "\"flex\"", ""),
        ("stop", "[\"END\"]", ""),
        ("store", "true", ""),
        ("stream", "true", ""),
        ("stream_options", """{"include_usage":true}""", ",\"stream\":true"),
        ("temperature", "0.5", ""),
        ("tool_choice", "\"required\"", $",\"tools\":[{Tool}]"),
        ("tools", $"[{Tool}]", ""),
        ("top_logprobs", "3", ""),
        ("top_p", "0.5", ""),
        ("user", "\"7f3a\"", ""),
        ("verbosity", "\"low\"", ""),
        ("web_search_options", "{}", ""),
        ("top_k", "40", ""),
    ];

    private static readonly string[] Groups = ["generationConfig", "inferenceConfig", "additionalModelRequestFields", "options"];

    private static readonly (string Name, string Messages)[] Messages =
    [
        ("`system`, `developer`, anywhere", Hi + """,{"role":"system","content":"Be brief."}""" + "," + Hi),
        ("several text parts", """{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}"""),
        ("`image_url`, data URL", """{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}"""),
        ("`image_url`, web address", """{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}"""),
        ("`image_url.detail`", """{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"high"}}]}"""),
        ("`file`, a PDF as data URL", """{"role":"user","content":[{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}}]}"""),
        ("`file`, by id", """{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}}]}"""),
        ("`input_audio`", """{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]}"""),
        ("`name`", """{"role":"user","name":"ada","content":"Hi"}"""),
        ("assistant turn at the end", Hi + """,{"role":"assistant","content":"Well"}"""),
        ("`refusal`", Hi + """,{"role":"assistant","content":null,"refusal":"No."}""" + "," + Hi),
        ("`tool_calls` and their answers", Hi + """,{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"now","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"noon"}"""),
        ("`thinking_blocks`, signed", Hi + """,{"role":"assistant","content":"Well","thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"EqQ="}]}""" + "," + Hi),
        ("`reasoning_content` alone", Hi + """,{"role":"assistant","content":"Well","reasoning_content":"Hm."}""" + "," + Hi),
        ("`cache_control` on a part", """{"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]}"""),
        ("`function_call` (deprecated)", Hi + """,{"role":"assistant","content":null,"function_call":{"name":"now","arguments":"{}"}}"""),
    ];

    /// <summary>
    /// The members of CreateChatCompletionRequest in OpenAI's published description (https://github.com/openai/openai-openapi, openapi.yaml 2.3.0), but for the two that
    /// every request has.
    /// </summary>
    private static readonly string[] Documented =
    [
        "audio", "frequency_penalty", "function_call", "functions", "logit_bias", "logprobs", "max_completion_tokens", "max_tokens", "metadata", "modalities", "moderation",
        "n", "parallel_tool_calls", "prediction", "presence_penalty", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "reasoning_effort",
        "response_format", "safety_identifier", "seed", "service_tier", "stop", "store", "stream", "stream_options", "temperature", "tool_choice", "tools", "top_logprobs",
        "top_p", "user", "verbosity", "web_search_options",
    ];

    [Fact]
    public void Every_documented_parameter_has_its_line() => Assert.Equal(Documented, Parameters.Select(parameter => parameter.Name).Where(name => name is not "top_k").Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_says_what_the_dialects_do()
    {
        var page = new StringBuilder();
        page.Append(
            $"""
            # What reaches which provider

            Made by a test ({Link("tests/ChatKit.Gateway.Tests/Providers/Fidelity/FidelityTests.cs")}) that asks each dialect for a request with and without every parameter.

            - **carried**: byte for byte, under its own name
            - **→ `x`**: says the same in the provider's words, in the member `x`
            - **translated**: the same in the provider's form
            - **obeyed**: the gateway does it, whatever the provider knows
            - **left out**: the call goes on without it, and the header `x-chatkit-losses` of the answer names it
            - **refused**: 400 before anything is sent, with the parameter in `param`; the answer would not have been what was asked for

            Nothing goes in silence: where none of these holds, the test fails. What is refused is left out instead where the call, the deployment or `litellm_settings`
            have `drop_params`. Every other vendor of the compatible family differs from the first column only by the quirks of its row
            ({Link("ChatKit.Gateway/Providers/OpenAiCompatible/OpenAiCompatibleRows.cs")}). What a model cannot do is decided by its name; the table shows one model of each
            provider: {string.Join(", ", FidelitySubject.All.Select(subject => $"{subject.Title} `{subject.Deployment.UpstreamModel}`"))}. Whole requests, side by side, are in
            {Link("tests/ChatKit.Gateway.Tests/Providers/Fidelity/Golden")}.

            ## Parameters

            The last one is no parameter of OpenAI's: what OpenAI does not know goes on as it came, and the provider decides.


            """);
        Table(page, "Parameter", Parameters.Select(parameter => ($"`{parameter.Name}`", FidelitySubject.All.Select(subject => OfParameter(subject, parameter)))));
        page.Append("\n## Messages\n\n");
        Table(page, "Message", Messages.Select(message => (message.Name, FidelitySubject.All.Select(subject => OfMessage(subject, message.Messages)))));

        Golden.Matches("docs/fidelity.md", page.ToString());
    }

    private static string OfParameter(FidelitySubject subject, (string Name, string Value, string Besides) parameter)
    {
        var (name, value, besides) = parameter;
        var (_, without, _) = Write(subject, $$"""{"messages":[{{Hi}}]{{besides}}}""");
        var (refused, with, losses) = Write(subject, $$"""{"messages":[{{Hi}}]{{besides}},"{{name}}":{{value}}}""");
        if (refused) return "refused";
        // Usage is asked for anyway, so that the gateway knows it; whether the client sees it is decided on the way back.
        if (name is "stream" or "stream_options") return name is "stream_options" ? "obeyed" : with.ContainsKey("stream") ? "carried" : "by address";
        List<string> changed = [.. with.Where(member => without.GetValueOrDefault(member.Key) != member.Value).Select(member => member.Key)];
        return (changed, losses) switch
        {
            ([], [_, ..]) => "left out",
            ([var same], []) when same == name && with[name] == value => "carried",
            ([_, ..], []) => $"→ {Names(changed)}",
            ([_, ..], [_, ..]) => $"→ {Names(changed)}, in part",
            _ => throw new InvalidOperationException($"{subject.Name} loses {name} in silence."),
        };
    }

    private static string Names(List<string> members) => string.Join(", ", members.Select(member => $"`{member}`"));

    private static string OfMessage(FidelitySubject subject, string messages)
    {
        var (refused, with, losses) = Write(subject, $$"""{"messages":[{{messages}}],"tools":[{{Tool}}]}""");
        return refused ? "refused" : losses.Count > 0 ? "left out" : with.GetValueOrDefault("messages") == $"[{messages}]" ? "carried" : "translated";
    }

    private static (bool Refused, Dictionary<string, string> Members, List<string> Losses) Write(FidelitySubject subject, string body)
    {
        using var request = new UpstreamRequest();
        if (subject.Chat.WriteRequest(subject.Call(body), request) is { } error)
        {
            Assert.Equal(400, error.Status);
            Assert.NotNull(error.Param);
            return (true, [], []);
        }

        var members = new Dictionary<string, string>();
        Flatten(JsonElement.Parse(request.Body.WrittenSpan), "", members);
        return (false, members, [.. request.Losses]);
    }

    /// <summary>The members by name, and those of the objects that a dialect groups its parameters in by their path.</summary>
    private static void Flatten(JsonElement body, string prefix, Dictionary<string, string> members)
    {
        foreach (var member in body.EnumerateObject())
        {
            if (member.Value.ValueKind is JsonValueKind.Object && Groups.Contains(member.Name)) Flatten(member.Value, $"{member.Name}.", members);
            else members[prefix + member.Name] = member.Value.GetRawText();
        }
    }

    private static void Table(StringBuilder page, string first, IEnumerable<(string Name, IEnumerable<string> Cells)> rows)
    {
        page.Append($"| {first} | {string.Join(" | ", FidelitySubject.All.Select(subject => subject.Title))} |\n|---|{string.Concat(FidelitySubject.All.Select(_ => "---|"))}\n");
        foreach (var (name, cells) in rows) page.Append($"| {name} | {string.Join(" | ", cells)} |\n");
    }

    private static string Link(string path) => $"[{Path.GetFileName(path)}](../{path})";
}
