using SharpProbe.Sim.Adi;

namespace SharpProbe.Sim.Chips.Rp2350;

/// <summary>The RP-AP, which answers whatever the rest of the chip does (RP2350 datasheet 3.5.10): CTRL.RESCUE_RESTART. Debug keys and power overrides stop the bench.</summary>
/// <param name="rescue">RESCUE_RESTART has become this.</param>
public sealed class RpAp(Action<bool> rescue) : ApBlock
{
    // No value is in the datasheet: an access port of class 0 by Raspberry Pi (JEP106 9, 0x13).
    private const uint Idr = 0x0926_0000, Restart = 1u << 31;

    private uint _control;

    public override bool Powered => true;

    internal override bool IsAlwaysOn => true;

    public override void PowerOn() => _control = 0;

    internal override bool Read(int register, ulong now, out uint value)
    {
        value = register switch
        {
            0x000 => _control,
            0xDFC => Idr,
            < 0x020 => throw new BenchStop($"RP-AP: register 0x{register:X3} read, which is not modelled"),
            _ => 0,
        };
        return true;
    }

    internal override bool Write(int register, uint value, ulong now)
    {
        if (register == 0)
        {
            if ((value & ~Restart) != 0) throw new BenchStop($"RP-AP: CTRL = 0x{value:X8}, of which only RESCUE_RESTART is modelled");
            if (((value ^ _control) & Restart) != 0) rescue((value & Restart) != 0);
            _control = value;
        }
        else if (register < 0x20 && value != 0) throw new BenchStop($"RP-AP: register 0x{register:X3} written, which is not modelled");
        return true;
    }
}
