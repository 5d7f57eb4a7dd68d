using System.Buffers;
using System.Text;
using ChatKit.Gateway.Wire.Json;
using Xunit;

namespace ChatKit.Gateway.Tests.Wire;

/// <summary>Paths as LiteLLM writes them, and JSON without what stands there.</summary>
public sealed class JsonPruningTests
{
    [Theory]
    [InlineData("seed", """{ "a" : 1.0 , "seed":7}""", """{ "a" : 1.0}""", "seed")]
    [InlineData("seed", """{"seed":7, "a":1}""", """{"a":1}""", "seed")]
    [InlineData("seed", """{"s\u0065ed":7}""", "{}", "seed")]
    [InlineData("seed", """{"a":{"seed":7}}""", """{"a":{"seed":7}}""", "")]
    [InlineData("a.b", """{"a":{"b":1,"c":[ 1 ]},"b":2}""", """{"a":{"c":[ 1 ]},"b":2}""", "a.b")]
    [InlineData("a.b", """{"a":[{"b":1}]}""", """{"a":[{"b":1}]}""", "")]
    [InlineData("tools[*].x", """{"tools":[ {"x":1,"y":2}, {"y":3} ,7]}""", """{"tools":[ {"y":2}, {"y":3} ,7]}""", "tools[0].x")]
    [InlineData("tools[1]", """{"tools":[ "a" , "b" , "c" ]}""", """{"tools":[ "a" , "c" ]}""", "tools[1]")]
    [InlineData("tools[*]", """{"tools":["a","b"]}""", """{"tools":[]}""", "tools[0] tools[1]")]
    [InlineData("m[0].c[*].n", """{"m":[{"c":[{"n":1},{"n":2}]},{"c":[{"n":3}]}]}""", """{"m":[{"c":[{},{}]},{"c":[{"n":3}]}]}""", "m[0].c[0].n m[0].c[1].n")]
    [InlineData("a.b a.c d", """{"a":{"b":1,"c":2,"e":3},"d":4}""", """{"a":{"e":3}}""", "a.b a.c d")]
    [InlineData("a.b a", """{"a":{"b":1},"c":2}""", """{"c":2}""", "a")]
    [InlineData("a[9]", """{"a":[1]}""", """{"a":[1]}""", "")]
    public void What_stands_at_a_path_goes_and_all_else_stays(string paths, string json, string expected, string removed)
    {
        var pruning = new JsonPruning([.. paths.Split(' ').Select(path => JsonPath.TryParse(path)!)]);
        var output = new ArrayBufferWriter<byte>();

        pruning.Write(Encoding.UTF8.GetBytes(json), output);

        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(removed, string.Join(' ', pruning.Removed));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("[0]")]
    [InlineData("a[")]
    [InlineData("a[]")]
    [InlineData("a[-1]")]
    [InlineData("a[x]")]
    [InlineData("a[0]b")]
    public void Other_text_is_no_path(string text) => Assert.Null(JsonPath.TryParse(text));
}
