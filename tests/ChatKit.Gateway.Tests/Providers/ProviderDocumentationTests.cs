using System.Runtime.CompilerServices;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers;

/// <summary>The provider table of docs/configuration.md is the rows. With CHATKIT_GOLDEN_WRITE=1 it is written anew.</summary>
public sealed class ProviderDocumentationTests
{
    private const string Begin = "<!-- providers: written by a test from the table in ChatKit.Gateway/Providers -->\n";
    private const string End = "<!-- /providers -->";

    [Fact]
    public void The_documented_table_is_the_rows()
    {
        var file = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "configuration.md");
        var text = File.ReadAllText(file);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("CHATKIT_GOLDEN_WRITE") == "1")
            File.WriteAllText(file, text[..begin] + Table() + text[end..]);
        else
            Assert.Equal(Table(), text[begin..end]);
    }

    private static string Table() =>
        "| provider | key | address | default | serves besides chat |\n|---|---|---|---|---|\n" + string.Concat(ProviderRows.All.OrderBy(row => row.Name, StringComparer.Ordinal).Select(Line));

    private static string Line(ProviderRow row) =>
        $"| `{row.Name}` | {Names(row.KeyVariables)}{(row.KeyOptional ? " (optional)" : "")} | {Names(row.BaseVariables)} | {row.DefaultBase ?? "–"} | {Serves(row)} |\n";

    private static string Serves(ProviderRow row) => row.Serves.Count == 0 ? "–" : string.Join(", ", row.Serves.Select(operation => operation.Path));

    private static string Names(IEnumerable<string> variables) => string.Join(", ", variables.Select(name => $"`{name}`"));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
