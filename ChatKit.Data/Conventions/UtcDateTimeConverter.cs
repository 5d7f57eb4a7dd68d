using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatKit.Data.Conventions;

/// <summary>
/// Instants are UTC <see cref="DateTime"/>s of whole microseconds on both databases: EF cannot order DateTimeOffset on SQLite, SQLite forgets
/// the kind, and PostgreSQL keeps microseconds, so a value compared with the one that was stored must be cut the same way.
/// </summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(value => ToStore(value), stored => FromStore(stored))
{
    private static DateTime ToStore(DateTime value) => value.Kind == DateTimeKind.Utc
        ? new DateTime(value.Ticks - value.Ticks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc)
        : throw new ArgumentException($"Only UTC times are stored; this one is {value.Kind}.");

    private static DateTime FromStore(DateTime stored) => DateTime.SpecifyKind(stored, DateTimeKind.Utc);
}
