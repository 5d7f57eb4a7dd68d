using ChatKit.Worker.Jobs.ThreadTitle;
using Xunit;

namespace ChatKit.Worker.Tests.Jobs.ThreadTitle;

public sealed class TitleTextTests
{
    [Theory]
    [InlineData("Blue Skies Explained", "Blue Skies Explained")]
    [InlineData("  \"Blue Skies Explained.\"  ", "Blue Skies Explained")]
    [InlineData("**Title: «Le ciel bleu»**", "Le ciel bleu")]
    [InlineData("Titre : Le ciel bleu", "Le ciel bleu")]
    [InlineData("# Blue Skies\n\nHere is why I chose this title.", "Blue Skies")]
    [InlineData("\n\n“Blue   \tSkies”\n", "Blue Skies")]
    [InlineData("<think>The user asks about\nthe sky.</think>\nBlue Skies", "Blue Skies")]
    [InlineData("空はなぜ青いのか。", "空はなぜ青いのか")]
    [InlineData("Trip to Zürich 👩‍🚀", "Trip to Zürich 👩‍🚀")]
    [InlineData("What's New in C# 14?", "What's New in C# 14?")]
    [InlineData("evil\u202Etxt.exe\u0007", "evil txt.exe")]
    public void A_models_answer_loses_its_decoration(string answer, string expected) => Assert.Equal(expected, TitleText.FromAnswer(answer));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("\"\"")]
    [InlineData("**.**")]
    [InlineData("<think>I never came to an end")]
    [InlineData("The sky is blue because molecules in the air scatter blue light from the sun more than they scatter red light.")]
    public void What_is_no_title_is_refused(string answer) => Assert.Null(TitleText.FromAnswer(answer));

    [Theory]
    [InlineData("Hello there", "Hello there")]
    [InlineData("Why is the sky blue at noon?", "Why is the sky blue at…")]
    [InlineData("Explain\r\n\r\n  this  code:\n```cs\nvar x = 1;\n```", "Explain this code: ```cs var x…")]
    [InlineData("## A heading\nand more", "A heading and more")]
    public void A_question_lends_its_first_words(string question, string expected) => Assert.Equal(expected, TitleText.FromQuestion(question));

    [Fact]
    public void Nothing_is_longer_than_80_characters_or_cut_inside_one()
    {
        var words = TitleText.FromQuestion(string.Join(' ', Enumerable.Repeat("incomprehensibilities", 9)));
        var ideographs = TitleText.FromAnswer(new string('空', 200))!;
        var families = TitleText.FromAnswer(string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 30)))!;

        Assert.Equal("incomprehensibilities incomprehensibilities incomprehensibilities…", words);
        Assert.Equal(new string('空', 79) + "…", ideographs);
        Assert.Equal(string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 7)) + "…", families);
    }
}
