using System.Security.Cryptography;

namespace ChatKit.Backend.Protocol;

/// <summary>Ids are a prefix and 24 random characters, about 124 bits: no id can be guessed, and none that a model provider gives is ever used.</summary>
internal static class Ids
{
    private const int RandomCharacters = 24;

    public static string Thread() => New("thr");

    public static string Message() => New("msg");

    public static string ClientToolCall() => New("tc");

    public static string Workflow() => New("wf");

    public static string HiddenContext() => New("shcx");

    public static string Attachment() => New("atc");

    public static string Job() => New("job");

    public static string Stream() => New("str");

    public static string Account() => New("usr");

    private static string New(string prefix) => $"{prefix}_{RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", RandomCharacters)}";
}
