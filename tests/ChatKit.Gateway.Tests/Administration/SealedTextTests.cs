using ChatKit.Gateway.Administration.Models;
using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>What lies encrypted in the database.</summary>
public sealed class SealedTextTests
{
    private static readonly SealedText Key = new(new Secret("sk-salt-0123456789"));

    [Theory]
    [InlineData("")]
    [InlineData("sk-a-provider-key")]
    [InlineData("schlüssel 🔑")]
    public void What_is_sealed_can_be_opened(string text) => Assert.Equal(text, Key.Open(Key.Seal(text)));

    [Fact]
    public void The_same_text_never_looks_the_same_and_never_shows()
    {
        var (one, other) = (Key.Seal("sk-a-provider-key"), Key.Seal("sk-a-provider-key"));

        Assert.NotEqual(one, other);
        Assert.StartsWith("v3:gcm:", one);
        Assert.DoesNotContain("provider", one);
    }

    /// <summary>Made by another implementation as LiteLLM does it: HKDF-SHA256 without a salt, info "litellm-at-rest-v3", AES-256-GCM.</summary>
    [Fact]
    public void A_value_out_of_LiteLLMs_database_can_be_read() =>
        Assert.Equal("sk-from-litellm", Key.Open("v3:gcm:AAECAwQFBgcICQoLUM7_to51xfFnvzvWyfE4vCLOG_r4ROa52bH7xzgC_A=="));

    [Fact]
    public void Another_key_a_changed_byte_or_plain_text_open_nothing()
    {
        var text = Key.Seal("sk-a-provider-key");
        var changed = text[..^2] + (text[^2] == 'A' ? 'B' : 'A') + text[^1];

        Assert.Null(new SealedText(new Secret("sk-another")).Open(text));
        Assert.Null(Key.Open(changed));
        Assert.Null(Key.Open("sk-a-provider-key"));
        Assert.Null(Key.Open("v3:gcm:"));
        Assert.Null(Key.Open("v3:gcm:not base64"));
        Assert.Null(Key.Open("v9:gcm:" + text[7..]));
    }
}
