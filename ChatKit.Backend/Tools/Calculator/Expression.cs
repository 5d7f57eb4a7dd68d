using System.Globalization;

namespace ChatKit.Backend.Tools.Calculator;

/// <summary>
/// Evaluates arithmetic by recursive descent, as it reads it: <c>sum = product (± product)*; product = power (*/% power)*; power = unary (^ power)?;
/// unary = -unary | primary; primary = number | name | name(sum, …) | (sum)</c>. So <c>-2^2</c> is −4, and <c>2^3^2</c> is 512, as on paper. Bounded in length and depth.
/// </summary>
internal ref struct Expression
{
    public const int MaxLength = 1000;
    private const int MaxDepth = 50;

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _depth;

    private Expression(ReadOnlySpan<char> text) => _text = text;

    /// <returns>The value; or a problem in words that help whoever wrote the expression.</returns>
    public static (decimal Value, string? Problem) Evaluate(string text)
    {
        if (text.Length > MaxLength)
            return (0, $"An expression may have {MaxLength} characters.");
        try
        {
            var expression = new Expression(text);
            var value = expression.Sum();
            return expression.Peek() == '\0' ? (value, null) : (0, $"`{expression.Peek()}` at position {expression._at + 1} was not expected.");
        }
        catch (ExpressionException problem)
        {
            return (0, problem.Message);
        }
        catch (OverflowException)
        {
            return (0, "The result is beyond ±7.9e28.");
        }
        catch (DivideByZeroException)
        {
            return (0, "Division by zero.");
        }
    }

    private decimal Sum()
    {
        var value = Product();
        while (true)
        {
            if (Take('+'))
                value += Product();
            else if (Take('-') || Take('−'))
                value -= Product();
            else
                return value;
        }
    }

    private decimal Product()
    {
        var value = Unary();
        while (true)
        {
            if (Take('*') || Take('×') || Take('·'))
                value *= Unary();
            else if (Take('/') || Take('÷') || Take(':'))
                value /= Unary();
            else if (Take('%'))
                value %= Unary();
            else
                return value;
        }
    }

    private decimal Unary()
    {
        Descend();
        var value = Take('-') || Take('−') ? -Unary() : Take('+') ? Unary() : Power();
        _depth--;
        return value;
    }

    private decimal Power()
    {
        var value = Primary();
        return Take('^') ? Functions.Power(value, Unary()) : value;
    }

    private decimal Primary()
    {
        var next = Peek();
        if (char.IsAsciiDigit(next) || next == '.')
            return Number();
        if (char.IsAsciiLetter(next))
            return Named();
        if (!Take('('))
            throw new ExpressionException(next == '\0' ? "The expression ends too soon." : $"`{next}` at position {_at + 1} was not expected.");
        var value = Sum();
        Demand(')');
        return value;
    }

    private decimal Number()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is '.' or '_'))
            _at++;
        if (_at < _text.Length && _text[_at] is 'e' or 'E' && _at + 1 < _text.Length && (char.IsAsciiDigit(_text[_at + 1]) || (_text[_at + 1] is '+' or '-' && _at + 2 < _text.Length && char.IsAsciiDigit(_text[_at + 2]))))
        {
            _at += 2;
            while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
                _at++;
        }

        var digits = _text[start.._at].ToString().Replace("_", "", StringComparison.Ordinal);
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ExpressionException($"`{digits}` is not a number that fits.");
    }

    private decimal Named()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at]))
            _at++;
        var name = _text[start.._at].ToString();
        if (!Take('('))
            return Functions.Constant(name);
        Descend();
        var arguments = new List<decimal>();
        if (Peek() != ')')
        {
            do
                arguments.Add(Sum());
            while (Take(','));
        }

        Demand(')');
        _depth--;
        return Functions.Call(name, arguments);
    }

    private void Descend()
    {
        if (++_depth > MaxDepth)
            throw new ExpressionException("The expression is nested too deeply.");
    }

    private char Peek()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private bool Take(char expected)
    {
        if (Peek() != expected)
            return false;
        _at++;
        return true;
    }

    private void Demand(char expected)
    {
        if (!Take(expected))
            throw new ExpressionException($"`{expected}` is missing at position {_at + 1}.");
    }
}
