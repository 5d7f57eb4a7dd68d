using System.Text.RegularExpressions;
using Xunit;

namespace ChatKit.Architecture.Tests;

/// <summary>Habits that a reader relies on: small files, names that say something, nothing unfinished.</summary>
public sealed partial class SourceTests
{
    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var long400 = Lines().Where(file => file.Lines > 400 && !file.Path.Contains("Wire", StringComparison.Ordinal));

        Assert.Empty(long400);
    }

    [Fact]
    public void Hardly_any_file_is_longer_than_220_lines()
    {
        var files = Lines().ToList();

        Assert.InRange(files.Count(file => file.Lines > 220) / (double)files.Count, 0, 0.05);
    }

    [Fact]
    public void The_median_file_is_short()
    {
        var lengths = Lines().Select(file => file.Lines).Order().ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, 80);
    }

    [Fact]
    public void No_file_has_a_name_that_says_nothing()
    {
        Assert.DoesNotContain(Repository.Sources, path => VagueName().IsMatch(path));
    }

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var own = $"tests/ChatKit.Architecture.Tests/{nameof(SourceTests)}.cs";

        Assert.DoesNotContain(Repository.Sources, path => path != own && Unfinished().IsMatch(Repository.Read(path)));
    }

    private static IEnumerable<(string Path, int Lines)> Lines() =>
        Repository.Sources.Select(path => (path, Repository.Read(path).AsSpan().Count('\n')));

    [GeneratedRegex(@"(Manager|Helpers?|Utils|Utilities)\.cs$|/Extensions\.cs$|/(Common|Core)/")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException|\bSkip\s*=\s*""")]
    private static partial Regex Unfinished();
}
