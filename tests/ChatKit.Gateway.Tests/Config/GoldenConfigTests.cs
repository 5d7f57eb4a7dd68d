using Xunit;

namespace ChatKit.Gateway.Tests.Config;

/// <summary>
/// Whole files, in the manner of those that people use with LiteLLM, against what they mean. With CHATKIT_GOLDEN_WRITE=1 the expectations are
/// written anew, for a person to read.
/// </summary>
public sealed class GoldenConfigTests
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Config", "Golden");

    [Theory]
    [InlineData("guide")]
    [InlineData("load-balancing")]
    [InlineData("full")]
    [InlineData("wildcards")]
    public void A_public_style_file_means_what_it_says(string name)
    {
        using var folder = new ConfigFolder()
            .Set("OPENAI_API_KEY", "sk-openai-0123456789").Set("ANTHROPIC_API_KEY", "sk-ant-0123456789ab").Set("MISTRAL_API_KEY", "mistral-0123456789").Set("LITELLM_API_KEY", "sk-litellm-proxy")
            .With("config.yaml", File.ReadAllText(Path.Combine(_folder, $"{name}.yaml")));
        var loaded = folder.Loader().Load();
        Assert.Empty(loaded.Report.Problems);
        var actual = SnapshotText.Of(loaded, folder.Root + Path.DirectorySeparatorChar);
        var expected = Path.Combine(_folder, $"{name}.txt");
        if (Environment.GetEnvironmentVariable("CHATKIT_GOLDEN_WRITE") == "1")
            File.WriteAllText(expected, actual);
        Assert.Equal(File.ReadAllText(expected), actual);
    }
}
