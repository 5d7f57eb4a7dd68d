using Microsoft.ML.Tokenizers;

namespace ChatKit.Gateway.Tokens;

/// <summary>Counts the tokens of text. A text beyond every model's window is counted by its beginning, so that no request can keep the processor busy.</summary>
internal static class TextTokens
{
    /// <summary>Some millions of tokens, which is more than any model reads.</summary>
    private const int Longest = 8_000_000;

    /// <summary>The encoder's time grows with the square of a text without any break, so a piece is no longer than this; what a cut adds is at most one token.</summary>
    private const int Piece = 512;

    public static int Count(Tokenizer encoding, ReadOnlySpan<char> text)
    {
        if (text.Length > Longest) return (int)Math.Min(int.MaxValue, (double)Count(encoding, text[..Longest]) * text.Length / Longest);
        var count = 0;
        while (text.Length > Piece)
        {
            var end = EndOfPiece(text);
            count += encoding.CountTokens(text[..end]);
            text = text[end..];
        }

        return count + encoding.CountTokens(text);
    }

    /// <summary>Before the last space of the piece, since a token begins with its space; else wherever no character is torn apart.</summary>
    private static int EndOfPiece(ReadOnlySpan<char> text)
    {
        var space = text[..Piece].LastIndexOf(' ');
        if (space > Piece / 2) return space;
        return char.IsHighSurrogate(text[Piece - 1]) ? Piece - 1 : Piece;
    }
}
