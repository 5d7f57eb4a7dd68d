using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Spend;

/// <summary>How settlements are written to the journal: what says nothing is left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SpendRecord))]
internal sealed partial class SpendJson : JsonSerializerContext;
