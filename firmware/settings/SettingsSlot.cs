using System;
using System.Buffers.Binary;
using SharpProbe.Flashing;

namespace SharpProbe.Settings;

/// <summary>
/// One record of the store, 32 bytes, which is one unit of the H7's flash and eight of the F7's: mark "PS", key, length of the value, value (zeros behind it), CRC-32 of what is before it. The first
/// slot of a sector has key 0 and says how often the store has moved.
/// </summary>
static class SettingsSlot
{
    internal const int Size = 32, MaxValue = 24;
    internal const byte Header = 0;

    private const ushort Mark = 0x5350;
    private const int Key = 2, Length = 3, Value = 4, Crc = 28;

    internal static void Encode(Span<byte> slot, byte key, ReadOnlySpan<byte> value)
    {
        slot.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(slot, Mark);
        slot[Key] = key;
        slot[Length] = (byte)value.Length;
        value.CopyTo(slot[Value..]);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[Crc..], Crc32.Of(slot[..Crc]));
    }

    /// <summary>False: nothing whole is there.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> slot, out byte key, out ReadOnlySpan<byte> value)
    {
        key = slot[Key];
        value = default;
        if (BinaryPrimitives.ReadUInt16LittleEndian(slot) != Mark || slot[Length] > MaxValue) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(slot[Crc..]) != Crc32.Of(slot[..Crc])) return false;
        value = slot.Slice(Value, slot[Length]);
        return true;
    }

    internal static bool IsErased(ReadOnlySpan<byte> slot)
    {
        foreach (byte b in slot)
            if (b != FlashDevice.Erased) return false;
        return true;
    }
}
