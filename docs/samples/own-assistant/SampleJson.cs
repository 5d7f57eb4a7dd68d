using System.Text.Json.Serialization;

namespace OwnAssistant;

/// <summary>The types that this sample serialises: the repository compiles without reflection JSON.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class SampleJson : JsonSerializerContext;
