using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>Copies JSON without what stands at some paths, and every other byte as it is.</summary>
internal sealed class JsonPruning(IReadOnlyList<JsonPath> paths)
{
    private readonly List<string> _removed = [];

    /// <summary>Where something stood and stands no more.</summary>
    public IReadOnlyList<string> Removed => _removed;

    /// <param name="json">A well-formed object, from its brace on.</param>
    /// <param name="output">Takes what is left of it.</param>
    public void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output) => Write(json, paths, "", depth: 0, output);

    private void Write(ReadOnlySpan<byte> json, IReadOnlyList<JsonPath> here, string place, int depth, IBufferWriter<byte> output)
    {
        var isArray = json[0] == '[';
        var members = new List<JsonMember>();
        if (isArray) JsonMembers.ReadElements(json, members);
        else JsonMembers.Read(json, members);

        var splice = new JsonSplice(json, objectStart: 0, output);
        for (var i = 0; i < members.Count; i++)
        {
            var member = members[i];
            var (inside, isEnd) = Following(here, member, isArray ? i : null, json, depth);
            if (isEnd)
            {
                _removed.Add(PlaceOf(member, isArray ? i : null, json, place));
                splice.Drop(member);
            }
            else if (inside is not null && member.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                var rest = new ArrayBufferWriter<byte>(member.ValueEnd - member.ValueStart);
                Write(member.Value(json), inside!, PlaceOf(member, isArray ? i : null, json, place), depth + 1, rest);
                splice.ReplaceValue(member, rest.WrittenSpan);
            }
            else
            {
                splice.Keep(member);
            }
        }

        splice.Finish();
    }

    /// <summary>The paths that lead on through this value, and whether one ends at it.</summary>
    private static (List<JsonPath>? Inside, bool IsEnd) Following(IReadOnlyList<JsonPath> here, in JsonMember member, int? index, ReadOnlySpan<byte> json, int depth)
    {
        List<JsonPath>? inside = null;
        foreach (var path in here)
        {
            var step = path.Steps[depth];
            if (!(index is { } element ? step.LeadsTo(element) : step.LeadsTo(member, json))) continue;
            if (path.Steps.Count == depth + 1) return (null, true);
            (inside ??= []).Add(path);
        }

        return (inside, false);
    }

    private static string PlaceOf(in JsonMember member, int? index, ReadOnlySpan<byte> json, string place)
    {
        if (index is { } element) return string.Create(CultureInfo.InvariantCulture, $"{place}[{element}]");
        var name = member.Name(json, stackalloc char[JsonMember.LongestName]);
        return place.Length == 0 ? name.ToString() : $"{place}.{name}";
    }
}
