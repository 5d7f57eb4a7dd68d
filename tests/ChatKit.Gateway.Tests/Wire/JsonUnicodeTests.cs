using System.Text;
using ChatKit.Gateway.Wire.Json;
using Xunit;

namespace ChatKit.Gateway.Tests.Wire;

public sealed class JsonUnicodeTests
{
    [Theory]
    [InlineData("""{"a":"é \u00e9 \ud83d\ude00 \\ud800 \n"}""", true)]
    [InlineData("""{"a":"\\\\ud83d"}""", true)]
    [InlineData("""{"a":"\ud83d"}""", false)]
    [InlineData("""{"a":"\ude00"}""", false)]
    [InlineData("""{"a":"\ude00\ud83d"}""", false)]
    [InlineData("""{"a":"\ud83d\u0041"}""", false)]
    [InlineData("""{"a":"\ud83d\\ude00"}""", false)]
    [InlineData("""{"a":"\\\ud83d"}""", false)]
    [InlineData("""{"\uDBFF":1}""", false)]
    [InlineData("\"\\ud83d\\ude0", false)]
    [InlineData("\"\\u", true)]
    [InlineData("\"\\", true)]
    [InlineData("", true)]
    public void Half_a_character_is_not_text(string json, bool expected) => Assert.Equal(expected, JsonUnicode.IsText(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Bytes_that_are_not_utf8_are_not_text() => Assert.False(JsonUnicode.IsText([(byte)'"', 0xC3, 0x28, (byte)'"']));
}
