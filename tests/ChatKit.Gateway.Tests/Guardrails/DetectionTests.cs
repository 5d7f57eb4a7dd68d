using System.Text.RegularExpressions;
using ChatKit.Gateway.Guardrails;
using ChatKit.Gateway.Guardrails.Detection;
using ChatKit.Gateway.Model.Guardrails;
using Xunit;

namespace ChatKit.Gateway.Tests.Guardrails;

/// <summary>What is found, what is not, and that the pieces in which a text comes make no difference.</summary>
public sealed class DetectionTests
{
    private const string Key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----";

    private static readonly string[] Fragments =
    [
        "jane.doe+x@mail.example.org", "a@b", "@", "Mail: JOHN@EXAMPLE.COM.", "x@y.z1", "user@exa mple.com", "4111 1111 1111 1111", "4111-1111-1111-1112", "5500005555555559", "378282246310005",
        "DE89 3704 0044 0532 0130 00", "DE89370400440532013001", "GB82WEST12345698765432", "I AM IN CAPITALS AND SHOUT", "+49 170 1234567", "0033 1 23 45 67 89", "(555) 123-4567", "555-123-4567",
        "2026-11-23", "1 000 000", "192.168.0.1", "10.0.0.256", "2001:db8::1", "fe80::1ff:fe23:4567:890a", "12:30:45", "sk-proj-abcDEF0123456789abcdef", "ghp_0123456789012345678901234567890123456789",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U", Key, "-----BEGIN nothing", "forbidden fruit", "forbidden", "FORBIDDEN FRUITS", "ABC-1234", "abc-12345",
        " ", "\n", ". ", ",", "the", "Straße", "日本語", "<EMAIL_ADDRESS_1>", "<EMAIL", "😀", "-", "--", "+", "(", "0", "d", "DE",
    ];

    private static readonly DetectionRule[] Rules =
    [
        new("SECRET", DetectorKind.Secret, Blocks: false), new("EMAIL_ADDRESS", DetectorKind.Email, Blocks: false), new("IBAN_CODE", DetectorKind.Iban, Blocks: false),
        new("CREDIT_CARD", DetectorKind.Card, Blocks: false), new("IP_ADDRESS", DetectorKind.Ip, Blocks: false), new("PHONE_NUMBER", DetectorKind.Phone, Blocks: false),
        new("WORD", DetectorKind.Words, Blocks: false) { Words = ["forbidden", "forbidden fruit", "日本"] },
        new("CODE", DetectorKind.Pattern, Blocks: false) { Pattern = new Regex(@"\b[A-Z]{3}-\d{4}\b", RegexOptions.NonBacktracking), LongestMatch = 8 },
    ];

    [Theory]
    [InlineData(nameof(DetectorKind.Email), "Ask jane.doe+x@mail.example.org.", "Ask <X>.")]
    [InlineData(nameof(DetectorKind.Email), "a@b is no address, nor x@y.z1, nor @me", "a@b is no address, nor x@y.z1, nor @me")]
    [InlineData(nameof(DetectorKind.Email), "(müller@beispiel.de)", "(<X>)")]
    [InlineData(nameof(DetectorKind.Card), "pay 4111 1111 1111 1111, or 378282246310005", "pay <X>, or <X>")]
    [InlineData(nameof(DetectorKind.Card), "4111 1111 1111 1112 has a wrong digit", "4111 1111 1111 1112 has a wrong digit")]
    [InlineData(nameof(DetectorKind.Card), "41111111111111111111111111 is too long", "41111111111111111111111111 is too long")]
    [InlineData(nameof(DetectorKind.Iban), "to DE89 3704 0044 0532 0130 00 please, or GB82WEST12345698765432", "to <X> please, or <X>")]
    [InlineData(nameof(DetectorKind.Iban), "DE89370400440532013001 has a wrong checksum", "DE89370400440532013001 has a wrong checksum")]
    [InlineData(nameof(DetectorKind.Phone), "call +49 170 1234567 or (555) 123-4567 or 089/1234567", "call <X> or <X> or <X>")]
    [InlineData(nameof(DetectorKind.Phone), "on 2026-11-23 we had 1000000 or 1 000 000 users of 3.14.15", "on 2026-11-23 we had 1000000 or 1 000 000 users of 3.14.15")]
    [InlineData(nameof(DetectorKind.Ip), "from 192.168.0.1, 2001:db8::1 and fe80::1.", "from <X>, <X> and <X>.")]
    [InlineData(nameof(DetectorKind.Ip), "at 12:30:45 version 10.0.0.256 of std::vector", "at 12:30:45 version 10.0.0.256 of std::vector")]
    [InlineData(nameof(DetectorKind.Secret), "export KEY=sk-proj-abcDEF0123456789abcdef", "export KEY=<X>")]
    [InlineData(nameof(DetectorKind.Secret), "AKIAIOSFODNN7EXAMPLE and task-force-of-the-century and sk-short", "<X> and task-force-of-the-century and sk-short")]
    [InlineData(nameof(DetectorKind.Secret), Key + "!", "<X>!")]
    public void Things_are_found_where_they_are_and_nowhere_else(string kind, string text, string expected)
    {
        var rule = new DetectionRule("X", Enum.Parse<DetectorKind>(kind), Blocks: false);

        Assert.Equal(expected, Chain(rule).Push(text, isEnd: true));
    }

    [Theory]
    [InlineData("Forbidden FRUIT, forbidden things, unforbidden", "<X>, <X> things, unforbidden")]
    [InlineData("これは日本語です", "これは<X>語です")]
    public void Words_are_whole_words_where_there_are_any(string text, string expected) =>
        Assert.Equal(expected, Chain(new DetectionRule("X", DetectorKind.Words, false) { Words = ["forbidden", "forbidden fruit", "日本"] }).Push(text, isEnd: true));

    [Fact]
    public void However_a_text_is_cut_it_comes_out_the_same_and_no_part_of_what_is_masked_leaves()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 4000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Fragments[random.Next(Fragments.Length)]));
            var whole = Chain(Rules).Push(text, isEnd: true);
            var chain = Chain(Rules);
            var passed = "";
            for (var at = 0; at < text.Length;)
            {
                var length = Math.Min(text.Length - at, random.Next(1, round % 3 == 0 ? 2 : 20));
                passed += chain.Push(text.Substring(at, length), isEnd: false);
                // What has left is final: it is how the whole begins.
                Assert.True(whole.StartsWith(passed, StringComparison.Ordinal), $"«{text}» gave «{passed}» on the way to «{whole}»");
                at += length;
            }

            Assert.Equal(whole, passed + chain.Push("", isEnd: true));
        }
    }

    [Fact]
    public void What_is_certain_does_not_wait()
    {
        var chain = Chain(Rules.Take(7).ToArray());

        Assert.Equal("Write to ", chain.Push("Write to jan", isEnd: false));
        Assert.Equal("", chain.Push("e@example.org", isEnd: false));
        Assert.Equal("<EMAIL_ADDRESS> ", chain.Push(" b", isEnd: false)[..16]);
    }

    [Fact]
    public void A_text_that_never_ends_is_not_held_for_ever()
    {
        var chain = Chain(Rules);
        var (pushed, passed) = (0, 0);
        for (var i = 0; i < 2000; i++)
        {
            pushed += 10;
            passed += chain.Push("aaaa4A-aa:", isEnd: false).Length;
        }

        Assert.InRange(pushed - passed, 0, 5000);
    }

    [Fact]
    public void A_pattern_finds_what_is_as_long_as_it_says()
    {
        var rule = new DetectionRule("X", DetectorKind.Pattern, false) { Pattern = new Regex("<secret>[^<]*</secret>", RegexOptions.NonBacktracking), LongestMatch = 60 };
        var text = $"{new string('a', 97)}<secret>{new string('b', 40)}</secret>{new string('c', 200)}<secret></secret>";
        var chain = Chain(rule);

        var cut = string.Concat(text.Select(c => chain.Push(c.ToString(), isEnd: false))) + chain.Push("", isEnd: true);

        Assert.Equal($"{new string('a', 97)}<X>{new string('c', 200)}<X>", cut);
    }

    private static TextChain Chain(params DetectionRule[] rules) =>
        new([.. from rule in rules from detector in Detectors.Of(rule) select new TextWindow(detector, _ => $"<{rule.Label}>")]);
}
