using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Backend.Tests.Vectors;

/// <summary>
/// Every conformance vector, over real HTTP, with real persistence. <c>CHATKIT_VECTORS</c> names another folder of cases to play instead of ours.
/// </summary>
public sealed class VectorTests
{
    private static string Folder =>
        Environment.GetEnvironmentVariable("CHATKIT_VECTORS") ?? Path.Combine(AppContext.BaseDirectory, "Vectors", "Cases");

    public static TheoryData<string, DatabaseKind> Cases()
    {
        var cases = new TheoryData<string, DatabaseKind>();
        foreach (var name in Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal))
        {
            cases.Add(name, DatabaseKind.Sqlite);
            cases.Add(name, DatabaseKind.PostgreSql);
        }

        return cases;
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task A_vector_is_played_as_it_says(string name, DatabaseKind kind)
    {
        var difference = await VectorRun.PlayAsync(Path.Combine(Folder, name + ".json"), kind);
        Assert.True(difference is null, difference);
    }
}
