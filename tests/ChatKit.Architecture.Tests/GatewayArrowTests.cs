using Xunit;

namespace ChatKit.Architecture.Tests;

/// <summary>The gateway's folders point downward only, and its capabilities never know each other (DESIGN §2, "Arrows").</summary>
public sealed class GatewayArrowTests
{
    private const string Root = "ChatKit.Gateway.";

    private static readonly string[] Foundation = ["Model", "Errors", "Telemetry", "Wire", "Tokens", "Redis"];
    private static readonly string[] Capabilities = ["Keys", "Budgets", "Limits", "Cache", "Guardrails", "Routing", "Spend", "Responses", "Administration", "Callbacks", "Providers"];

    private static readonly IReadOnlyList<(string From, string To)> References =
        [.. TypeReferences.In("ChatKit.Gateway")];

    private static readonly IReadOnlyList<(string From, string To)> FolderReferences =
        [.. References.Where(pair => pair.From.StartsWith(Root, StringComparison.Ordinal) && pair.To.StartsWith(Root, StringComparison.Ordinal))
            .Where(pair => Folder(pair.From) != "" && Folder(pair.From) != Folder(pair.To))];

    public static TheoryData<string, string[]> Arrows()
    {
        var arrows = new TheoryData<string, string[]>
        {
            { "Wire", [] },
            { "Tokens", ["Wire"] },
            { "Model", ["Errors", "Wire"] },
            { "Errors", ["Model", "Wire"] },
            { "Telemetry", ["Model", "Errors", "Wire"] },
            { "Redis", ["Model"] },
            { "Config", ["Model", "Errors", "Telemetry", "Wire"] },
            { "Pipeline", [.. Capabilities, .. Foundation] },
            { "Endpoints", ["Pipeline", .. Capabilities, .. Foundation] },
            { "Simulation", ["Config", "Routing", "Providers", .. Foundation] },
            { "Admin", ["Pipeline", .. Capabilities, .. Foundation] },
        };
        foreach (var capability in Capabilities) arrows.Add(capability, Foundation);
        return arrows;
    }

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_folder_uses_only_what_lies_below_it(string folder, string[] below)
    {
        var upward = FolderReferences.Where(pair => Folder(pair.From) == folder && Folder(pair.To) != "" && !below.Contains(Folder(pair.To)));

        Assert.Empty(upward.Select(pair => $"{pair.From} → {pair.To}"));
    }

    [Fact]
    public void Every_folder_of_the_gateway_has_an_arrow()
    {
        var known = Arrows().Select(row => (string)row[0]);
        var folders = References.Where(pair => pair.From.StartsWith(Root, StringComparison.Ordinal)).Select(pair => Folder(pair.From)).Where(folder => folder != "");

        Assert.Empty(folders.Distinct().Except(known));
    }

    [Theory]
    [InlineData("Microsoft.EntityFrameworkCore")]
    [InlineData("Microsoft.Extensions.Configuration.IConfiguration")]
    [InlineData("System.Text.Json.Nodes")]
    public void A_request_stage_does_not_touch(string forbidden)
    {
        string[] stages = ["Pipeline", "Wire", "Providers", "Routing", "Model", "Errors"];
        var touching = References.Where(pair => stages.Contains(Folder(pair.From)) && pair.To.StartsWith(forbidden, StringComparison.Ordinal));

        Assert.Empty(touching.Select(pair => $"{pair.From} → {pair.To}"));
    }

    [Fact]
    public void Only_what_keeps_something_touches_the_database()
    {
        string[] keepers = ["", "Keys", "Budgets", "Limits", "Cache", "Spend", "Responses", "Administration"];
        var touching = References.Where(pair =>
            pair.From.StartsWith(Root, StringComparison.Ordinal) && !keepers.Contains(Folder(pair.From)) &&
            (pair.To.StartsWith("ChatKit.Data", StringComparison.Ordinal) || pair.To.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)));

        Assert.Empty(touching.Select(pair => $"{pair.From} → {pair.To}"));
    }

    /// <summary>A simulation that could call a provider would one day do it.</summary>
    [Theory]
    [InlineData("System.Net")]
    [InlineData("ChatKit.Gateway.Providers.UpstreamClient")]
    [InlineData("ChatKit.Gateway.Pipeline")]
    public void The_simulation_cannot_reach(string forbidden)
    {
        var touching = References.Where(pair => Folder(pair.From) == "Simulation" && pair.To.StartsWith(forbidden, StringComparison.Ordinal));

        Assert.Empty(touching.Select(pair => $"{pair.From} → {pair.To}"));
    }

    /// <summary>The first namespace segment below the gateway's root; empty for the root itself, which composes everything.</summary>
    private static string Folder(string type)
    {
        if (!type.StartsWith(Root, StringComparison.Ordinal)) return "";
        var rest = type[Root.Length..];
        var dot = rest.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? "" : rest[..dot];
    }
}
