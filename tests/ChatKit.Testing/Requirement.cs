using Xunit;

namespace ChatKit.Testing;

/// <summary>
/// A thing that a test needs and a machine may lack (<c>postgres</c>, <c>redis</c>, <c>chromium</c>, <c>node</c>). Where it is missing the test is skipped and
/// says so, unless <c>CHATKIT_TEST_REQUIRE</c> names it: then it fails, so that CI cannot pass by skipping.
/// </summary>
public static class Requirement
{
    /// <summary>The variable that lists what must not be missing, separated by commas.</summary>
    public const string Variable = "CHATKIT_TEST_REQUIRE";

    /// <summary>Goes on where <paramref name="available"/>; else skips the calling SkippableFact, or fails it where the thing is required.</summary>
    public static void Need(string name, bool available, string why)
    {
        if (available) return;
        if (IsRequired(name)) Assert.Fail($"{Variable} names {name}, and it is missing: {why}");
        Skip.If(true, $"{name} is missing: {why}");
    }

    /// <summary>True where <c>CHATKIT_TEST_REQUIRE</c> names it.</summary>
    public static bool IsRequired(string name) =>
        (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase);
}
