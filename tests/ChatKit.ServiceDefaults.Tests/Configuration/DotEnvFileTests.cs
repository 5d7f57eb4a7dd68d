using ChatKit.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace ChatKit.ServiceDefaults.Tests.Configuration;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("  A = 1  ", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("export\tA=1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=a=b=c", "a=b=c")]
    [InlineData("A=\"a b\"", "a b")]
    [InlineData("A='a b'", "a b")]
    [InlineData("A=\"a # b\" # why", "a # b")]
    [InlineData("A=it's", "it's")]
    [InlineData("A=\"one\" and \"two\"", "\"one\" and \"two\"")]
    [InlineData("A=\"open", "\"open")]
    [InlineData("A=p#ss", "p#ss")]
    [InlineData("A=pass # shared", "pass")]
    [InlineData("A=# nothing", "")]
    [InlineData("A=postgresql://u:p%40ss@h/db?sslmode=require", "postgresql://u:p%40ss@h/db?sslmode=require")]
    [InlineData("\uFEFFA=1", "1")]
    public void A_line_gives_its_value(string line, string value)
    {
        var variable = Assert.Single(DotEnvFile.Parse(line));
        Assert.Equal(("A", value), (variable.Key, variable.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# A=1")]
    [InlineData("A")]
    [InlineData("=1")]
    public void A_line_that_assigns_nothing_is_skipped(string line) => Assert.Empty(DotEnvFile.Parse(line));

    [Theory]
    [InlineData("exported=1", "exported")]
    [InlineData("export=1", "export")]
    public void A_name_may_begin_like_export(string line, string name) => Assert.Equal(name, Assert.Single(DotEnvFile.Parse(line)).Key);

    [Fact]
    public void Both_line_endings_are_read() =>
        Assert.Equal(["A", "B", "C"], DotEnvFile.Parse("A=1\r\nB=2\n\nC=3").Select(variable => variable.Key));

    [Fact]
    public void The_process_environment_wins_over_the_file_and_the_file_over_what_stands_below()
    {
        var file = Path.GetTempFileName();
        var inBoth = $"CHATKIT_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(inBoth, "process");
        try
        {
            File.WriteAllText(file, $"{inBoth}=file\nCHATKIT_TEST_FILE=file\nCHATKIT__SECTION=nested\nCHATKIT_TEST_TWICE=1\nCHATKIT_TEST_TWICE=2");
            var configuration = new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["CHATKIT_TEST_FILE"] = "below" })
                .AddEnvironmentVariables()
                .AddDotEnv(file)
                .AddDotEnv(file)
                .Build();

            Assert.Equal("process", configuration[inBoth]);
            Assert.Equal("file", configuration["CHATKIT_TEST_FILE"]);
            Assert.Equal("nested", configuration["CHATKIT:SECTION"]);
            Assert.Equal("2", configuration["CHATKIT_TEST_TWICE"]);
            Assert.Equal(3, configuration.Providers.Count());
        }
        finally
        {
            Environment.SetEnvironmentVariable(inBoth, null);
            File.Delete(file);
        }
    }

    [Fact]
    public void A_missing_file_adds_nothing() =>
        Assert.Empty(new ConfigurationBuilder().AddDotEnv(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))).Build().AsEnumerable());
}
