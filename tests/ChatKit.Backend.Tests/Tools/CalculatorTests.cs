using ChatKit.Backend.Tools.Calculator;
using Xunit;

namespace ChatKit.Backend.Tests.Tools;

public sealed class CalculatorTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("-2^2", "-4")]
    [InlineData("2^3^2", "512")]
    [InlineData("2^-2", "0.25")]
    [InlineData("(1 + 2) × 3 ÷ 4", "2.25")]
    [InlineData("10 % 4 - −1", "3")]
    [InlineData("1_000_000 * 1e3", "1000000000")]
    [InlineData("round(1234.5 * 1.2 ^ 10, 2)", "7643.70")]
    [InlineData("sqrt(2) * sqrt(2)", "2")]
    [InlineData("max(1, 2, 3) + min(4, 5) + sum(1,2) + avg(2, 4)", "13")]
    [InlineData("factorial(27)", "10888869450418352160768000000")]
    [InlineData("round(sin(pi / 6), 10)", "0.5")]
    [InlineData("ln(e)", "1")]
    [InlineData("123456789 * 987654321", "121932631112635269")]
    [InlineData("abs(floor(-1.5)) + ceil(1.2)", "4")]
    public void It_reckons_as_on_paper(string expression, string expected) =>
        Assert.Equal((decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), null), (decimal.Round(Expression.Evaluate(expression).Value, 20), Expression.Evaluate(expression).Problem));

    [Theory]
    [InlineData("", "The expression ends too soon.")]
    [InlineData("1 +", "The expression ends too soon.")]
    [InlineData("1 / (2 - 2)", "Division by zero.")]
    [InlineData("10 ^ 40", "The result is beyond ±7.9e28.")]
    [InlineData("exp(1000)", "The result is not a number.")]
    [InlineData("(1", "`)` is missing at position 3.")]
    [InlineData("1 2", "`2` at position 3 was not expected.")]
    [InlineData("System.IO.File", "`System` is not known.")]
    [InlineData("eval(1)", "There is no function `eval`.")]
    [InlineData("sqrt(-1)", "A negative number has no square root.")]
    [InlineData("factorial(28)", "factorial takes a whole number from 0 to 27.")]
    [InlineData("1.2.3", "`1.2.3` is not a number that fits.")]
    public void What_it_cannot_reckon_it_says(string expression, string problem) => Assert.Equal(problem, Expression.Evaluate(expression).Problem);

    [Fact]
    public void Nothing_nests_it_or_stretches_it_beyond_its_bounds()
    {
        Assert.Equal("The expression is nested too deeply.", Expression.Evaluate(new string('(', 400) + "1" + new string(')', 400)).Problem);
        Assert.Equal("The expression is nested too deeply.", Expression.Evaluate(new string('-', 900) + "1").Problem);
        Assert.Equal("An expression may have 1000 characters.", Expression.Evaluate(new string('1', 1001)).Problem);
        Assert.NotNull(Expression.Evaluate("9^9^9^9^9").Problem);
    }
}
