using System.Text.RegularExpressions;
using Xunit;

namespace ChatKit.Architecture.Tests;

/// <summary>Every path that the README and the docs name exists.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string> Documents() => [.. Repository.Files("*.md").Where(path => path == "README.md" || path.StartsWith("docs/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_path_in_the_text_exists(string document)
    {
        var folder = Path.GetDirectoryName(document)!;
        var missing = Links().Matches(Repository.Read(document))
            .Select(match => match.Groups["path"].Value)
            .Where(path => !Exists(path) && !Exists(Path.Combine(folder, path)));

        Assert.Empty(missing);
    }

    [Fact]
    public void The_readme_says_where_decisions_are_made()
    {
        Assert.Contains("## Where is it decided?", Repository.Read("README.md"), StringComparison.Ordinal);
    }

    private static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));

    // Markdown links to files, and back-ticked paths with a folder in one of our projects.
    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)(?<path>[^)#\s]+)|`(?<path>(ChatKit\.\w+|tests|bench|docs|\.ci)/[^`\s*{}<>]*)`")]
    private static partial Regex Links();
}
