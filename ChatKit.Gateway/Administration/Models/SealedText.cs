using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Administration.Models;

/// <summary>
/// A text that only the holder of a key can read: AES-256-GCM under a key derived by HKDF-SHA256, a nonce for each value. The form is the one that LiteLLM's current
/// versions write, <c>v3:gcm:</c> + base64url(nonce, ciphertext, tag), so that a value which somebody copies over from its database can be read here
/// (https://docs.litellm.ai/docs/proxy/prod, "Set LiteLLM Salt Key").
/// </summary>
internal sealed class SealedText(Secret key)
{
    private const string Version = "v3:gcm:";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key.Reveal()), KeyBytes, info: "litellm-at-rest-v3"u8.ToArray());

    /// <summary>Another text each time.</summary>
    public string Seal(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(nonce, plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length));
        return Version + Base64Url.EncodeToString(box);
    }

    /// <summary>The text; null where it was sealed under another key, changed, or never sealed.</summary>
    public string? Open(string sealedText)
    {
        if (!sealedText.StartsWith(Version, StringComparison.Ordinal) || !Base64Url.IsValid(sealedText.AsSpan(Version.Length))) return null;
        var box = Base64Url.DecodeFromChars(sealedText.AsSpan(Version.Length));
        if (box.Length < NonceBytes + TagBytes) return null;
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(_key, TagBytes);
            cipher.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
