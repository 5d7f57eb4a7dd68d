using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>
/// A map of at most so many entries. Reading takes no lock and moves nothing; where room is needed, the hand of a clock goes round and takes out the first entry
/// that nobody has read since it last came by (https://en.wikipedia.org/wiki/Page_replacement_algorithm#Clock). So what is in use stays, however much passes through.
/// </summary>
internal sealed class ClockCache<TKey, TValue>(int capacity)
    where TKey : IEquatable<TKey>
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Slot> _slots = new();
    private readonly List<Slot?> _ring = [];
    private readonly Lock _writing = new();
    private int _hand;

    public int Count => _slots.Count;

    /// <summary>Everything there is, while others go on writing.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Entries => _slots.Select(static slot => KeyValuePair.Create(slot.Key, slot.Value.Value));

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        if (!_slots.TryGetValue(key, out var slot))
        {
            value = null;
            return false;
        }

        // Written only when it changes anything: cores that read the same entry do not take its memory from each other.
        if (!slot.IsUsed) slot.IsUsed = true;
        value = slot.Value;
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        lock (_writing)
        {
            if (_slots.TryGetValue(key, out var known)) known.Value = value;
            else _slots[key] = Place(new Slot(key, value));
        }
    }

    public void Remove(TKey key)
    {
        lock (_writing)
        {
            if (_slots.TryRemove(key, out var slot)) _ring[slot.Index] = null;
        }
    }

    private Slot Place(Slot slot)
    {
        if (_ring.Count < capacity)
        {
            slot.Index = _ring.Count;
            _ring.Add(slot);
            return slot;
        }

        while (_ring[_hand] is { } candidate)
        {
            if (!candidate.IsUsed)
            {
                _slots.TryRemove(candidate.Key, out _);
                break;
            }

            candidate.IsUsed = false;
            _hand = (_hand + 1) % capacity;
        }

        slot.Index = _hand;
        _ring[_hand] = slot;
        _hand = (_hand + 1) % capacity;
        return slot;
    }

    private sealed class Slot(TKey key, TValue value)
    {
        private TValue _value = value;

        public TKey Key { get; } = key;

        public TValue Value
        {
            get => Volatile.Read(ref _value);
            set => Volatile.Write(ref _value, value);
        }

        public int Index { get; set; }

        public volatile bool IsUsed;
    }
}
