using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Model;

public sealed class WildcardPatternTests
{
    [Theory]
    [InlineData("*", "gpt-4o", "gpt-4o")]
    [InlineData("openai/*", "openai/gpt-4o", "gpt-4o")]
    [InlineData("openai/*", "openai/ft:gpt-4o/x", "ft:gpt-4o/x")]
    [InlineData("openai/*", "openai/", "")]
    [InlineData("a/*/b", "a/x/y/b", "x/y")]
    [InlineData("*/*", "azure/gpt/4", "azure|gpt/4")]
    [InlineData("*-*-latest", "mistral-large-latest", "mistral|large")]
    [InlineData("*ab*ab", "xabyab", "x|y")]
    public void A_name_that_fits_yields_what_each_star_stood_for(string pattern, string name, string segments) =>
        Assert.Equal(segments.Split('|'), new WildcardPattern(pattern).Match(name));

    [Theory]
    [InlineData("openai/*", "azure/gpt-4o")]
    [InlineData("openai/*", "openai")]
    [InlineData("openai/*", "OpenAI/gpt-4o")]
    [InlineData("a/*/b", "a/b")]
    [InlineData("a/*/b", "a/x/c")]
    [InlineData("ab*ab", "ab")]
    [InlineData("ab*bc*cd", "abcd")]
    public void A_name_that_does_not_fit_yields_nothing(string pattern, string name) =>
        Assert.Null(new WildcardPattern(pattern).Match(name));

    [Fact]
    public void More_literal_characters_are_more_specific() =>
        Assert.Equal(
            ["openai/gpt-*", "openai/*", "*/*", "*"],
            new[] { "*", "openai/*", "*/*", "openai/gpt-*" }.OrderByDescending(p => new WildcardPattern(p).Specificity));
}
