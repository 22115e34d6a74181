using System;
using System.Buffers.Binary;
using SharpProbe.Flashing;

namespace SharpProbe.Settings;

/// <summary>
/// Keys and small values in two sectors of flash. Records are appended to one sector, the latest of a key counts. When it is full, what counts is copied into the other, whose first slot is
/// written last and makes it the one that counts: its number is the higher. So a power cut anywhere leaves the old or the new value, and every other key as it was; what it tore has a wrong CRC or
/// cannot be read, and is passed over. The flash is erased only when the store moves.
/// </summary>
public sealed class SettingsStore
{
    public const int MaxKeys = 32, MaxValue = SettingsSlot.MaxValue;

    /// <summary>Slots that are tried before the sector is given up.</summary>
    private const int Attempts = 4;

    private readonly FlashDevice _flash;
    private readonly int _firstSector;
    private readonly byte[] _keys = new byte[MaxKeys], _lengths = new byte[MaxKeys], _values = new byte[MaxKeys * MaxValue], _slot = new byte[SettingsSlot.Size], _check = new byte[SettingsSlot.Size];
    private readonly byte[] _old = new byte[MaxValue], _number = new byte[4];
    private int _active = -1, _next;

    /// <summary>Reads what is there; writes nothing.</summary>
    /// <param name="flash">Units of 4 or 32 bytes.</param>
    /// <param name="firstSector">The store has this one and the next. Where the flash does not have both, nothing is kept.</param>
    public SettingsStore(FlashDevice flash, int firstSector)
    {
        (_flash, _firstSector) = (flash, firstSector);
        if (!HasPlace) return;
        for (int i = 0; i < 2; i++)
            if (Sequence(i) is var sequence && sequence > Moves) (_active, Moves) = (i, sequence);
        if (_active >= 0) Load();
    }

    /// <summary>There are sectors for settings.</summary>
    public bool HasPlace => _firstSector + 1 < _flash.SectorCount;

    /// <summary>Keys that have a value.</summary>
    public int Count { get; private set; }

    /// <summary>How often the store has moved: the erases of both sectors together, without those that a power cut made vain.</summary>
    public uint Moves { get; private set; }

    /// <summary>Records that fit before the store moves.</summary>
    public int Room => _active < 0 ? 0 : SlotsIn(_active) - _next;

    /// <summary>Records that a sector holds.</summary>
    public int Capacity => HasPlace ? SlotsIn(0) - 1 : 0;

    /// <summary>Empty: the key has no value.</summary>
    public ReadOnlySpan<byte> Get(byte key) => Find(key) is >= 0 and var i ? ValueAt(i) : default;

    /// <summary>Keeps a value. An empty one removes the key. What is there already is not written again.</summary>
    public StoreResult Set(byte key, ReadOnlySpan<byte> value)
    {
        if (!HasPlace) return StoreResult.NoPlace;
        if (key == SettingsSlot.Header || value.Length > MaxValue) return StoreResult.OutOfRange;
        ReadOnlySpan<byte> now = Get(key);
        if (now.SequenceEqual(value)) return StoreResult.Ok;
        if (now.Length == 0 && Count == MaxKeys) return StoreResult.Full;
        if (_active >= 0 && Append(key, value))
        {
            Keep(key, value);
            return StoreResult.Ok;
        }
        int length = now.Length;
        now.CopyTo(_old);
        Keep(key, value);
        if (Move(Count)) return StoreResult.Ok;
        Keep(key, _old.AsSpan(0, length));
        return StoreResult.FlashFailed;
    }

    /// <summary>Removes every key at once.</summary>
    public StoreResult Clear()
    {
        if (Count == 0) return StoreResult.Ok;
        if (!Move(0)) return StoreResult.FlashFailed;
        Count = 0;
        return StoreResult.Ok;
    }

    private FlashSector SectorOf(int which) => _flash.Sector(_firstSector + which);

    private int SlotsIn(int which) => (int)(SectorOf(which).Size / SettingsSlot.Size);

    /// <summary>Of a sector whose first slot says so; 0: it holds no store.</summary>
    private uint Sequence(int which) =>
        ReadSlot(which, 0) && SettingsSlot.TryDecode(_slot, out byte key, out ReadOnlySpan<byte> value) && key == SettingsSlot.Header && value.Length == 4
            ? BinaryPrimitives.ReadUInt32LittleEndian(value) : 0;

    private void Load()
    {
        int slots = SlotsIn(_active);
        _next = 1;
        for (int i = 1; i < slots; i++)
        {
            bool readable = ReadSlot(_active, i);
            if (readable && SettingsSlot.IsErased(_slot)) continue;
            _next = i + 1;
            if (readable && SettingsSlot.TryDecode(_slot, out byte key, out ReadOnlySpan<byte> value) && key != SettingsSlot.Header) Keep(key, value);
        }
    }

    private bool ReadSlot(int which, int slot) => _flash.Read(SectorOf(which).Address + (uint)(slot * SettingsSlot.Size), _slot);

    private int Find(byte key)
    {
        for (int i = 0; i < Count; i++)
            if (_keys[i] == key) return i;
        return -1;
    }

    private Span<byte> ValueAt(int index) => _values.AsSpan(index * MaxValue, _lengths[index]);

    /// <summary>In RAM.</summary>
    private void Keep(byte key, ReadOnlySpan<byte> value)
    {
        int i = Find(key);
        if (value.Length == 0)
        {
            if (i < 0) return;
            int last = --Count;
            (_keys[i], _lengths[i]) = (_keys[last], _lengths[last]);
            ValueAt(last).CopyTo(_values.AsSpan(i * MaxValue));
            return;
        }
        if (i < 0)
        {
            if (Count == MaxKeys) return;
            i = Count++;
            _keys[i] = key;
        }
        _lengths[i] = (byte)value.Length;
        value.CopyTo(ValueAt(i));
    }

    private bool Append(byte key, ReadOnlySpan<byte> value)
    {
        for (int attempt = 0; attempt < Attempts && Room > 0; attempt++)
            if (Write(_active, _next++, key, value)) return true;
        return false;
    }

    /// <summary>Only what can be read back counts, whatever the flash said of it.</summary>
    private bool Write(int which, int slot, byte key, ReadOnlySpan<byte> value)
    {
        uint address = SectorOf(which).Address + (uint)(slot * SettingsSlot.Size);
        if (!_flash.Read(address, _check) || !SettingsSlot.IsErased(_check)) return false;
        SettingsSlot.Encode(_slot, key, value);
        _flash.Program(address, _slot);
        return _flash.Read(address, _check) && _check.AsSpan().SequenceEqual(_slot);
    }

    /// <summary>Copies the first keys into the other sector, which counts from then on. False: it does not, and nothing has changed.</summary>
    private bool Move(int count)
    {
        int to = _active == 0 ? 1 : 0, slots = SlotsIn(to), next = 1;
        if (_flash.Erase(_firstSector + to) != FlashResult.Ok) return false;
        for (int i = 0; i < count; i++)
        {
            int end = Math.Min(next + Attempts, slots);
            bool done = false;
            while (!done && next < end) done = Write(to, next++, _keys[i], ValueAt(i));
            if (!done) return false;
        }
        BinaryPrimitives.WriteUInt32LittleEndian(_number, Moves + 1);
        if (!Write(to, 0, SettingsSlot.Header, _number)) return false;
        (_active, _next, Moves) = (to, next, Moves + 1);
        return true;
    }
}
