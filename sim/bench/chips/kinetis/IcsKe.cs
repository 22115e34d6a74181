namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>Internal clock source of the Kinetis KE0x (MKE06P80M48SF0RM 12): byte registers, FLL from the internal reference, divided by BDIV. It locks at once; trimming is kept and changes nothing.</summary>
public sealed class IcsKe(ulong fll, Action changed) : IBusDevice
{
    private const int C1 = 0, C2 = 1, C4 = 3, Status = 4;
    private const byte Internal = 4, SourceMask = 0xC0, Lock = 0x40, InternalUsed = 0x10;

    private readonly byte[] _registers = new byte[5];

    public string Name => "ICS";

    /// <summary>ICSOUTCLK.</summary>
    public ulong Hertz => fll >> (_registers[C2] >> 5);

    public void Reset() => (_registers[C1], _registers[C2], _registers[2], _registers[C4], _registers[Status]) = (Internal, 0x20, 0x58, 0, Lock | InternalUsed);

    public uint Read(uint offset, int width)
    {
        uint value = 0;
        for (uint i = 0; i < width && offset + i < 5; i++) value |= (uint)_registers[offset + i] << (int)i * 8;
        return value;
    }

    public void Write(uint offset, uint value, int width)
    {
        for (uint i = 0; i < width && offset + i < Status; i++) _registers[offset + i] = (byte)(value >> (int)i * 8);
        if ((_registers[C1] & SourceMask) != 0 || (_registers[C1] & Internal) == 0) throw new BenchStop($"ICS.C1: 0x{_registers[C1]:X2}; anything but the FLL on the internal reference is not modelled");
        changed();
    }
}
