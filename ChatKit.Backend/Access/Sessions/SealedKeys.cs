using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace ChatKit.Backend.Access.Sessions;

/// <summary>
/// Seals the keys of cookies and tokens before they go to the database, with what <c>LITELLM_SALT_KEY</c> says, so that a copy of the database alone makes
/// nobody somebody. AES-256-GCM over the key's XML; nonce, tag and ciphertext follow each other in base64.
/// </summary>
internal sealed class SealedKeys(string salt) : IXmlEncryptor
{
    public const string Variable = "LITELLM_SALT_KEY";

    private const string Element = "sealed";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var box = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + plain.Length];
        var (nonce, tag, cipher) = Parts(box);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = Cipher(salt);
        aes.Encrypt(nonce.Span, plain, cipher.Span, tag.Span);
        return new EncryptedXmlInfo(new XElement(Element, Convert.ToBase64String(box)), typeof(SealedKeysOpener));
    }

    internal static XElement Open(XElement element, string salt)
    {
        var box = Convert.FromBase64String(element.Value);
        var (nonce, tag, cipher) = Parts(box);
        var plain = new byte[cipher.Length];
        using var aes = Cipher(salt);
        aes.Decrypt(nonce.Span, cipher.Span, tag.Span, plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Parts(byte[] box)
    {
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        return (box.AsMemory(0, nonce), box.AsMemory(nonce, tag), box.AsMemory(nonce + tag));
    }

    private static AesGcm Cipher(string salt) => new(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(salt), 32, info: "chatkit data protection keys"u8.ToArray()), AesGcm.TagByteSizes.MaxSize);
}

/// <summary>Named in each sealed key as what opens it; made by the framework.</summary>
internal sealed class SealedKeysOpener(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => SealedKeys.Open(
        encryptedElement,
        services.GetRequiredService<IConfiguration>()[SealedKeys.Variable] ?? throw new CryptographicException($"{SealedKeys.Variable} is not set any more."));
}
