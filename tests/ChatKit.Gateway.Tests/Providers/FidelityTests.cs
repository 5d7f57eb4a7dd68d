using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Wire;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers;

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
        ("functions", """[{"name":"now"}]""", ""),
        ("logit_bias", """{"50256":-100}""", ""),
        ("logprobs", "true", ""),
        ("max_completion_tokens", "100", ""),
        ("max_tokens", "100", ""),
        ("metadata", """{"team":"blue"}""", ""),
        ("modalities", """["text","audio"]""", ""),
        ("n", "2", ""),
        ("parallel_tool_calls", "false", $",\"tools\":[{Tool}]"),
        ("prediction", """{"type":"content","content":"x"}""", ""),
        ("presence_penalty", "0.5", ""),
        ("prompt_cache_key", "\"k\"", ""),
        ("reasoning_effort", "\"high\"", ""),
        ("response_format", """{"type":"json_object"}""", ""),
        ("safety_identifier", "\"7f3a\"", ""),
        ("seed", "42", ""),
        ("service_tier", "\"default\"", ""),
        ("stop", "[\"END\"]", ""),
        ("store", "true", ""),
        ("stream", "true", ""),
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

    private static readonly (string Name, IProvider Dialect)[] Providers =
    [
        ("OpenAI and compatible", new OpenAiCompatibleProvider(Row("openai").Quirks)),
        ("Mistral", new OpenAiCompatibleProvider(Row("mistral").Quirks)),
        ("Anthropic", new AnthropicProvider(TimeProvider.System)),
        ("Gemini", new GeminiProvider(GeminiHost.Studio, TimeProvider.System)),
    ];

    [Fact]
    public void The_page_says_what_the_dialects_do()
    {
        var page = new StringBuilder();
        page.Append(
            $"""
            # What reaches which provider

            Made by a test ({Link("tests/ChatKit.Gateway.Tests/Providers/FidelityTests.cs")}) that asks each dialect for a request with and without every parameter.

            - **carried**: byte for byte, under its own name
            - **→ `x`**: says the same in the provider's words, in the member `x`
            - **translated**: the same in the provider's form
            - **left out**: the call goes on without it, and the header `x-chatkit-losses` of the answer names it
            - **refused**: 400 before anything is sent, with the parameter in `param`; the answer would not have been what was asked for

            Every other vendor of the compatible family differs from the first column only by the quirks of its row
            ({Link("ChatKit.Gateway/Providers/OpenAiCompatible/OpenAiCompatibleRows.cs")}); Mistral stands here for the strict ones.

            ## Parameters

            The last one is no parameter of OpenAI's: what OpenAI does not know goes on as it came, and the provider decides.


            """);
        Table(page, "Parameter", Parameters.Select(parameter => ($"`{parameter.Name}`", Providers.Select(provider => OfParameter(provider.Dialect, parameter)))));
        page.Append("\n## Messages\n\n");
        Table(page, "Message", Messages.Select(message => (message.Name, Providers.Select(provider => OfMessage(provider.Dialect, message.Messages)))));

        Golden.Matches("docs/fidelity.md", page.ToString());
    }

    private static string OfParameter(IProvider dialect, (string Name, string Value, string Besides) parameter)
    {
        var (name, value, besides) = parameter;
        var (_, without, _) = Write(dialect, $$"""{"messages":[{{Hi}}]{{besides}}}""");
        var (refused, with, losses) = Write(dialect, $$"""{"messages":[{{Hi}}]{{besides}},"{{name}}":{{value}}}""");
        if (refused) return "refused";
        var changed = with.Where(member => without.GetValueOrDefault(member.Key) != member.Value && member.Key != "stream_options").Select(member => member.Key).ToList();
        return (changed, losses) switch
        {
            ([], [_, ..]) => "left out",
            ([var same], []) when same == name && with[name] == value => "carried",
            ([_, ..], []) => $"→ {string.Join(", ", changed.Select(other => $"`{other}`"))}",
            _ => throw new InvalidOperationException($"{name}: changes {string.Join(' ', changed)}, loses {string.Join(' ', losses)}"),
        };
    }

    private static string OfMessage(IProvider dialect, string messages)
    {
        var (refused, with, losses) = Write(dialect, $$"""{"messages":[{{messages}}],"tools":[{{Tool}}]}""");
        return refused ? "refused" : losses.Count > 0 ? "left out" : with.GetValueOrDefault("messages") == $"[{messages}]" ? "carried" : "translated";
    }

    private static (bool Refused, Dictionary<string, string> Members, List<string> Losses) Write(IProvider dialect, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.Null(CallEnvelopeReader.Read(bytes, Operation.Chat.Input, out var envelope));
        var request = new UpstreamRequest();
        if (dialect.WriteRequest(Calls.Call("{}") with { Envelope = envelope, Body = bytes, UpstreamModel = dialect is GeminiProvider ? "gemini-3.5-flash" : "claude-sonnet-4-6" }, request) is { } error)
        {
            Assert.Equal(400, error.Status);
            return (true, [], []);
        }

        var members = JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan).EnumerateObject()
            .SelectMany(member => member.Name == "generationConfig" ? member.Value.EnumerateObject().Select(inner => ($"{member.Name}.{inner.Name}", inner.Value)) : [(member.Name, member.Value)])
            .ToDictionary(member => member.Item1, member => member.Value.GetRawText());
        members["address"] = request.Address!.PathAndQuery;
        return (false, members, [.. request.Losses]);
    }

    private static void Table(StringBuilder page, string first, IEnumerable<(string Name, IEnumerable<string> Cells)> rows)
    {
        page.Append($"| {first} | {string.Join(" | ", Providers.Select(provider => provider.Name))} |\n|---|{string.Concat(Providers.Select(_ => "---|"))}\n");
        foreach (var (name, cells) in rows) page.Append($"| {name} | {string.Join(" | ", cells)} |\n");
    }

    private static ProviderRow Row(string name) => ProviderRows.All.Single(row => row.Name == name);

    private static string Link(string path) => $"[{Path.GetFileName(path)}](../{path})";
}
