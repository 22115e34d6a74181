using System;
using SharpProbe.Booting;
using SharpProbe.Flashing;
using SharpProbe.Io;

namespace SharpProbe.Dfu;

/// <summary>
/// The string from which DfuSe hosts know the sectors (ST UM0424, "DFU interface"): "@name  /address/count*size unit access, ...". Access 'a' is read only, 'g' read, erase and write: hosts refuse by themselves to
/// write where the boot loader or the settings are.
/// </summary>
public static class MemoryLayout
{
    public static void Write(FlashDevice flash, ImagePlace place, ref ByteWriter to)
    {
        to.Write("@Internal Flash  /"u8);
        to.WriteAddress(flash.Base);
        byte separator = (byte)'/';
        for (int i = 0; i < flash.SectorCount;)
        {
            FlashSector first = flash.Sector(i);
            bool writable = place.Holds(first.Address);
            int count = 1;
            while (i + count < flash.SectorCount && flash.Sector(i + count).Size == first.Size && place.Holds(flash.Sector(i + count).Address) == writable) count++;
            to.Write(separator);
            WriteDigits(count, 2, ref to);
            to.Write((byte)'*');
            WriteDigits((int)(first.Size / 1024), 3, ref to);
            to.Write((byte)'K');
            to.Write((byte)(writable ? 'g' : 'a'));
            separator = (byte)',';
            i += count;
        }
    }

    /// <summary>As ST writes them, with leading zeros.</summary>
    private static void WriteDigits(int value, int digits, ref ByteWriter to)
    {
        for (int limit = digits == 2 ? 10 : 100; limit > value && limit > 1; limit /= 10) to.Write((byte)'0');
        to.WriteDecimal((uint)value);
    }
}
