using System.Text.RegularExpressions;
using ChatKit.ServiceDefaults.Contract;
using Xunit;

namespace ChatKit.Cli.Tests;

/// <summary>The guides say only what is there: commands parse, files exist, every variable of the contract is explained, in both languages.</summary>
public sealed partial class GuideTests
{
    private const string Chatkit = "dotnet run --project ChatKit.Cli -- ";

    private static readonly string Root = FindRoot();

    public static TheoryData<string> Pages { get; } = ["docs/guide.md", "docs/guide.fr.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_parses_and_names_what_exists(string page)
    {
        var commands = Commands(page).ToList();
        Assert.NotEmpty(commands);
        foreach (var command in commands.Where(command => command.StartsWith(Chatkit, StringComparison.Ordinal)))
        {
            var parsed = Program.Root().Parse(command[Chatkit.Length..]);
            Assert.True(parsed.Errors.Count == 0, $"{command}: {string.Join(' ', parsed.Errors)}");
            Assert.NotNull(parsed.Action);
        }

        foreach (var path in commands.SelectMany(command => Paths().Matches(command)).Select(match => match.Groups["path"].Value))
            Assert.True(Path.Exists(Path.Combine(Root, path)), path);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_option_that_is_mentioned_is_one_of_ours(string page)
    {
        var known = Program.Root().Subcommands.SelectMany(command => command.Options).SelectMany(option => option.Aliases.Prepend(option.Name)).ToHashSet();
        var mentioned = Options().Matches(Read(page)).Select(match => match.Groups["option"].Value);
        Assert.All(mentioned, option => Assert.Contains(option, known));
    }

    [Fact]
    public void Every_declared_variable_is_explained_where_the_contract_says()
    {
        foreach (var variable in DeclaredVariables.All)
        {
            var place = variable.DocumentedIn.Split('#');
            var section = Sections(Read(place[0])).Single(section => Anchor(section) == place[1]);
            Assert.Contains($"`{variable.Name}`", section, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Both_languages_have_the_same_commands_and_explain_the_same_variables()
    {
        Assert.Equal(Commands("docs/guide.md"), Commands("docs/guide.fr.md"));
        Assert.Equal(Variables("docs/guide.md"), Variables("docs/guide.fr.md"));
    }

    private static IEnumerable<string> Commands(string page) =>
        Blocks().Matches(Read(page)).SelectMany(block => block.Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Variables(string page) => BackTicked().Matches(Read(page)).Select(match => match.Value).Distinct().Order();

    private static IEnumerable<string> Sections(string text) => Headings().Split(text).Where(section => section.Length > 0);

    /// <summary>As GitHub makes anchors of headings.</summary>
    private static string Anchor(string section) => new(
        [.. section.Split('\n')[0].TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-').Select(c => c == ' ' ? '-' : c)]);

    private static string Read(string page) => File.ReadAllText(Path.Combine(Root, page));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ChatKit.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("ChatKit.sln was not found above the tests.");
        return folder.FullName;
    }

    [GeneratedRegex(@"```bash\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"(--project |--config |^cp )(?<path>\S+)")]
    private static partial Regex Paths();

    [GeneratedRegex(@"`(?<option>--[a-z-]+)`")]
    private static partial Regex Options();

    [GeneratedRegex(@"`[A-Z][A-Z0-9_]+`")]
    private static partial Regex BackTicked();

    [GeneratedRegex(@"^(?=##+ )", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
