namespace SharpProbe.Sim.Adi;

/// <summary>
/// 4 KB of a DPv3's addresses: a CoreSight component of class 9 with its identification (IHI 0029, "Class 0x9"; IHI 0074, chapter C1), which may be a ROM table, or an access port, whose registers
/// begin at 0xD00.
/// </summary>
/// <param name="part">Part number.</param>
/// <param name="designer">JEP106: continuation code in bits 11:8, identity in bits 6:0; Arm is 0x43B.</param>
/// <param name="architecture">DEVARCH: 0x47700A17 of a MEM-AP, 0x47700AF7 of a ROM table, 0 where there is none.</param>
/// <param name="port">What is from 0xD00 on; null: nothing.</param>
public sealed class CoreSightPage(uint part, uint designer, uint architecture, ApBlock? port = null) : ApBlock
{
    private const int Registers = 0xD00, Identification = 0xF00;

    /// <summary>Of a ROM table: what it lists, offsets with the two bits that say present. The end marker follows.</summary>
    public uint[] Entries { get; set; } = [];

    public override bool Powered => port?.Powered ?? true;

    public override ulong ReadyAt => port?.ReadyAt ?? 0;

    internal override Action<ulong, string>? Found
    {
        get => port?.Found;
        set
        {
            if (port is not null) port.Found = value;
        }
    }

    public override void PowerOn() => port?.PowerOn();

    internal override bool IsMemory(int register) => IsPort(register) && port!.IsMemory(register & 0xFF);

    internal override uint AddressOf(int register) => port!.AddressOf(register & 0xFF);

    internal override bool Read(int register, ulong now, out uint value)
    {
        if (IsPort(register)) return port!.Read(register & 0xFF, now, out value);
        value = register >= Identification ? Identify(register) : register / 4 < Entries.Length ? Entries[register / 4] : 0;
        RefuseDirect(register);
        return true;
    }

    internal override bool Write(int register, uint value, ulong now)
    {
        if (IsPort(register)) return port!.Write(register & 0xFF, value, now);
        RefuseDirect(register);
        return true;
    }

    private bool IsPort(int register) => port is not null && register is >= Registers and < 0xE00;

    /// <summary>The direct access registers of a MEM-AP are not modelled.</summary>
    private void RefuseDirect(int register)
    {
        if (port is not null && register < 0x400) throw new BenchStop($"MEM-AP: direct access register 0x{register:X3} used, which is not modelled");
    }

    private uint Identify(int register) => register switch
    {
        0xFBC => architecture,
        0xFD0 => designer >> 8,
        0xFE0 => part & 0xFF,
        0xFE4 => designer << 4 & 0xF0 | part >> 8 & 0xF,
        0xFE8 => 8 | designer >> 4 & 7,
        0xFF0 => 0x0D,
        0xFF4 => 0x90,
        0xFF8 => 0x05,
        0xFFC => 0xB1,
        _ => 0,         // DEVID of a ROM table: entries of 32 bits
    };
}
