using System.IO.Compression;
using System.Text;
using ChatKit.Backend.Attachments;
using Xunit;

namespace ChatKit.Backend.Tests.Attachments;

public sealed class AttachmentTextsTests
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    [Fact]
    public void A_word_document_is_its_paragraphs() => Assert.Equal(
        "One two\nThree\tfour\n",
        AttachmentTexts.Of(Docx, Archive("word/document.xml", """
            <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
            <w:p><w:r><w:t xml:space="preserve">One </w:t></w:r><w:r><w:t>two</w:t></w:r></w:p>
            <w:p><w:r><w:t>Three</w:t><w:tab/><w:t/><w:t>four</w:t></w:r></w:p></w:body></w:document>
            """)));

    [Fact]
    public void A_document_that_unfolds_without_end_is_cut() =>
        Assert.True(AttachmentTexts.Of(Docx, Archive(
            "word/document.xml",
            $"""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{string.Concat(Enumerable.Repeat("<w:p><w:r><w:t>aaaaaaaaaa</w:t></w:r></w:p>", 100_000))}</w:document>"""))!.Length < 450_000);

    [Theory]
    [InlineData("word/other.xml", "<a/>")]
    [InlineData("word/document.xml", "<not closed")]
    [InlineData("word/document.xml", """<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>""")]
    public void An_archive_without_a_readable_document_has_no_text(string entry, string content) =>
        Assert.Null(AttachmentTexts.Of(Docx, Archive(entry, content)));

    [Fact]
    public void A_broken_archive_and_a_picture_have_no_text()
    {
        Assert.Null(AttachmentTexts.Of(Docx, "PK\u0003\u0004 and no more"u8.ToArray()));
        Assert.Null(AttachmentTexts.Of("image/png", AttachmentTests.Png));
    }

    [Fact]
    public void Text_is_itself_without_its_byte_order_mark() => Assert.Equal("é", AttachmentTexts.Of("text/csv", [0xEF, 0xBB, 0xBF, .. "é"u8]));

    private static byte[] Archive(string entry, string content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        using (var writer = new StreamWriter(archive.CreateEntry(entry).Open(), Encoding.UTF8))
            writer.Write(content);
        return bytes.ToArray();
    }
}
