using System.IO.Compression;
using System.Text;
using System.Xml;

namespace ChatKit.Backend.Attachments;

/// <summary>The text of files that hold text, for models to read.</summary>
internal static class AttachmentTexts
{
    /// <summary>About a hundred pages: more fits into few models, and helps in none.</summary>
    private const int MaxCharacters = 400_000;

    private const string WordNamespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>Null where the file holds no text that could be read.</summary>
    public static string? Of(string type, byte[] content)
    {
        var text = AttachmentTypes.IsText(type) ? AttachmentTypes.Text(content)
            : AttachmentTypes.IsDocx(type) ? OfDocx(content)
            : null;
        return text is { Length: > MaxCharacters } ? $"{text[..MaxCharacters]}\n[the rest was left out]" : text;
    }

    /// <summary>The paragraphs of a Word document's main part (ECMA-376, WordprocessingML): an archive that holds XML.</summary>
    private static string? OfDocx(byte[] content)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            if (archive.GetEntry("word/document.xml") is not { } document)
                return null;
            using var part = document.Open();
            return Paragraphs(part);
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException)
        {
            return null;
        }
    }

    private static string Paragraphs(Stream document)
    {
        // What is archived can unfold to any size: it is read only as far as it is shown.
        var text = new StringBuilder();
        using var xml = XmlReader.Create(document, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (text.Length <= MaxCharacters && xml.Read())
        {
            if (xml.NamespaceURI != WordNamespace)
                continue;
            if (xml.NodeType is XmlNodeType.EndElement && xml.LocalName is "p")
                text.Append('\n');
            else if (xml.NodeType is XmlNodeType.Element && xml.LocalName is "tab")
                text.Append('\t');
            else if (xml.NodeType is XmlNodeType.Element && xml.LocalName is "br")
                text.Append('\n');
            else if (xml.NodeType is XmlNodeType.Element && xml.LocalName is "t" && !xml.IsEmptyElement && xml.Read() && xml.HasValue)
                text.Append(xml.Value);
        }

        return text.ToString();
    }
}
