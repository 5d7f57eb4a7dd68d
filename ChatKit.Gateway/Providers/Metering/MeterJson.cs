using System.Text.Json.Serialization;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Metering;

/// <summary>How what is metered is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(MeteredOpenAi))]
[JsonSerializable(typeof(MeteredCohere))]
[JsonSerializable(typeof(MeteredInvocation))]
internal sealed partial class MeterJson : JsonSerializerContext;

/// <summary>The same in Google's spelling.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(MeteredGoogle[]))]
[JsonSerializable(typeof(MeteredGoogle))]
internal sealed partial class GoogleMeterJson : JsonSerializerContext;
