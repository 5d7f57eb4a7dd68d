using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatKit.Data.Conventions;

/// <summary>A framework's DateTimeOffset, kept as the instant that it is, so that both databases can compare it (<see cref="UtcDateTimeConverter"/>).</summary>
internal sealed class UtcInstantConverter() : ValueConverter<DateTimeOffset, DateTime>(value => ToStore(value), stored => FromStore(stored))
{
    private static DateTime ToStore(DateTimeOffset value) => value.UtcDateTime.AddTicks(-(value.UtcTicks % TimeSpan.TicksPerMicrosecond));

    private static DateTimeOffset FromStore(DateTime stored) => new(DateTime.SpecifyKind(stored, DateTimeKind.Utc));
}
