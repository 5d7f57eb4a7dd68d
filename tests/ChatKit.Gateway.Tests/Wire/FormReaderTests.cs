using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using ChatKit.Gateway.Wire.Forms;
using Xunit;

namespace ChatKit.Gateway.Tests.Wire;

/// <summary>Forms as clients write them, in pieces of any size.</summary>
public sealed class FormReaderTests
{
    private const string Form =
        "--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"name=a;b.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\n\r\n--b0undar\r\r\n-\r\n\r\n" +
        "--b0undary\r\ncontent-disposition: form-data;name=model\r\n\r\nwhisper-1\r\n--b0undary \t\r\nContent-Disposition: form-data; filename=x; name=\"prompt\"\r\n\r\n\r\n--b0undary--\r\nepilogue";

    private static readonly string[] Parts = ["file=\r\n--b0undar\r\r\n-\r\n", "model=whisper-1", "prompt="];

    [Fact]
    public async Task Where_the_pieces_end_does_not_matter()
    {
        for (var cut = 0; cut <= Form.Length; cut++) Assert.Equal(Parts, await ReadAsync(Form[..cut], Form[cut..]));
        Assert.Equal(Parts, await ReadAsync([.. Form.Select(c => c.ToString())]));
    }

    [Theory]
    [InlineData("--b0undary--")]
    [InlineData("\r\n--b0undary--\r\n")]
    [InlineData("preamble\r\n--b0undary--\r\n")]
    public async Task A_form_may_be_empty(string form) => Assert.Empty(await ReadAsync(form));

    [Theory]
    [InlineData("", "does not begin with its boundary")]
    [InlineData("{\"model\":\"whisper-1\"}", "does not begin with its boundary")]
    [InlineData("--b0undary\r\n", "ends in the middle of a part")]
    [InlineData("--b0undary\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue", "ends in the middle of a part")]
    [InlineData("--b0undary\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--b0undary--\r\n", "has a part without a name")]
    [InlineData("--b0undaryother\r\n\r\n", "has something else than a line end after its boundary")]
    public async Task What_is_no_form_is_said(string form, string problem) =>
        Assert.Equal(problem, (await Assert.ThrowsAsync<FormException>(() => ReadAsync(form))).Message);

    [Fact]
    public async Task Headers_and_the_whole_have_limits()
    {
        var endless = await Assert.ThrowsAsync<FormException>(() => ReadAsync("--b0undary\r\nX: " + new string('x', 20_000)));
        Assert.Contains("16 KB", endless.Message, StringComparison.Ordinal);
        var large = await Assert.ThrowsAsync<FormException>(() => ReadAsync("--b0undary\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + new string('x', 2_000_000) + "\r\n--b0undary--"));
        Assert.True(large.IsTooLarge);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(params string[] pieces)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var writing = WriteAsync(pipe.Writer, pieces);
        var reader = new FormReader(pipe.Reader, "b0undary", limit: 1024 * 1024);
        var parts = new List<string>();
        while (await reader.NextAsync(default) is { } head)
        {
            var content = new StringBuilder();
            while (await reader.ReadAsync(default) is { IsEmpty: false } piece) content.Append(Encoding.Latin1.GetString(piece.ToArray()));
            parts.Add($"{head.Name}={content}");
        }

        await writing;
        return parts;
    }

    private static async Task WriteAsync(PipeWriter writer, string[] pieces)
    {
        foreach (var piece in pieces)
        {
            await writer.WriteAsync(Encoding.Latin1.GetBytes(piece));
            await Task.Yield();
        }

        await writer.CompleteAsync();
    }
}
