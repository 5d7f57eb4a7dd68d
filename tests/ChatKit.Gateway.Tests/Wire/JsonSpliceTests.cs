using System.Buffers;
using System.Text;
using ChatKit.Gateway.Wire.Json;
using Xunit;

namespace ChatKit.Gateway.Tests.Wire;

public sealed class JsonSpliceTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2,"c":3}""", "", """{"a":1,"b":2,"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "drop a", """{"b":2,"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "drop b", """{"a":1,"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "drop c", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "drop a,drop b", """{"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "drop b,drop c", """{"a":1}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "drop a,drop c", """{"b":2}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "drop a,drop b,drop c", "{}")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "drop a,drop b,drop c,add z", """{"z":0}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "drop c,add z", """{"a":1,"b":2,"z":0}""")]
    [InlineData("{}", "add z", """{"z":0}""")]
    [InlineData("{}", "add y,add z", """{"y":0,"z":0}""")]
    [InlineData("""{"a":1,"b":2}""", "set a,rename b", """{"a":9,"B!":2}""")]
    [InlineData("""{"a":1,"b":2}""", "drop a,set b,add z", """{"b":9,"z":0}""")]
    [InlineData("""  { "a" : 1.50 , "b":[ 1,2 ]  , "c":"é\u00e9" } """, "", """  { "a" : 1.50 , "b":[ 1,2 ]  , "c":"é\u00e9" } """)]
    [InlineData("""  { "a" : 1.50 , "b":[ 1,2 ]  , "c":"é\u00e9" } """, "set b,add z", """  { "a" : 1.50 , "b":9  , "c":"é\u00e9","z":0 } """)]
    [InlineData("""  { "a" : 1.50 , "b":[ 1,2 ]  , "c":"é\u00e9" } """, "drop a,rename c", """  {"b":[ 1,2 ]  , "C!":"é\u00e9" } """)]
    public void Edits_leave_every_other_byte(string json, string edits, string expected) => Assert.Equal(expected, Splice(json, edits));

    private static string Splice(string json, string edits)
    {
        var source = Encoding.UTF8.GetBytes(json);
        var open = json.IndexOf('{');
        var members = new List<JsonMember>();
        JsonMembers.Read(source, members);
        var output = new ArrayBufferWriter<byte>();
        var splice = new JsonSplice(source, open, output);
        foreach (var member in members)
        {
            var name = member.Name(source, new char[JsonMember.LongestName]).ToString();
            if (edits.Contains($"drop {name}")) splice.Drop(member);
            else if (edits.Contains($"set {name}")) splice.ReplaceValue(member, "9"u8);
            else if (edits.Contains($"rename {name}")) splice.Rename(member, $"{name.ToUpperInvariant()}!");
            else splice.Keep(member);
        }

        foreach (var added in edits.Split(',').Where(edit => edit.StartsWith("add ", StringComparison.Ordinal))) splice.Append(added[4..], "0"u8);
        splice.Finish();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
