using SharpProbe.Sim.Adi;

namespace SharpProbe.Tests.Adi;

/// <summary>8 KiB of memory at 0x20000000; anything else is a bus error. Each access takes as long as the test says.</summary>
sealed class RamBus(SharpProbe.Sim.TimeBase time) : IDebugBus
{
    public const uint Start = 0x2000_0000;

    public byte[] Bytes { get; } = new byte[8192];
    public ulong Latency { get; set; }
    public List<(uint Address, int Width)> Accesses { get; } = [];
    public bool Powered { get; set; } = true;
    public bool Enabled { get; set; } = true;

    public uint Word(int offset) => BitConverter.ToUInt32(Bytes, offset);

    public bool Read(uint address, int width, out uint value, out ulong readyAt)
    {
        Accesses.Add((address, width));
        value = 0;
        readyAt = time.Now + Latency;
        if (address - Start >= Bytes.Length) return false;
        for (int i = 0; i < width; i++) value |= (uint)Bytes[address - Start + i] << 8 * i;
        return true;
    }

    public bool Write(uint address, uint value, int width, out ulong readyAt)
    {
        Accesses.Add((address, width));
        readyAt = time.Now + Latency;
        if (address - Start >= Bytes.Length) return false;
        for (int i = 0; i < width; i++) Bytes[address - Start + i] = (byte)(value >> 8 * i);
        return true;
    }
}
