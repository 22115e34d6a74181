using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.Rp2350;

/// <summary>
/// A core's redundancy coprocessor (RP2350 datasheet 3.6.3), coprocessor 7: the salts, which core 0 writes for both, and stack canaries. Without a salt, or with a second one, it faults: NMI on both
/// cores, and no instruction of its ends any more until a reset. Parity, counters and the other checks are not modelled.
/// </summary>
/// <param name="number">Of the core: 0 or 1.</param>
public sealed class Rcp(int number) : ICoprocessor
{
    private const uint True = 0xA500_A500, False = 0x00C3_00C3;

    /// <summary>The other core's.</summary>
    public Rcp? Other { get; set; }

    /// <summary>Null: none has been written.</summary>
    public ulong? Salt { get; private set; }

    public bool Faulted { get; private set; }

    /// <summary>Pends the core's NMI.</summary>
    public Action? Alarm { get; set; }

    public int Number => 7;

    /// <summary>The core was reset. Salts are lost with core 0.</summary>
    public void Reset()
    {
        Faulted = false;
        if (number != 0) return;
        Salt = null;
        Other!.Salt = null;
    }

    public bool TryRead(int opc1, int crn, int crm, int opc2, out uint value)
    {
        value = 0;
        if (Faulted) return false;
        if (opc1 == 1) value = Salt is null ? False : True;
        else if (opc1 != 0) throw new BenchStop($"RCP: mrc p7, #{opc1}, which is not modelled");
        else if (Salt is { } salt) value = (uint)(salt >> 32) ^ (uint)salt ^ (uint)(crn << 4 | crm) * 0x9E37_79B1;
        else return Fault();
        return true;
    }

    public bool TryWrite(int opc1, int crm, uint first, uint second)
    {
        if (Faulted) return false;
        if (opc1 != 8 || crm > 1) throw new BenchStop($"RCP: mcrr p7, #{opc1}, c{crm}, which is not modelled");
        Rcp target = crm == number ? this : Other!;
        // Core 0 alone has this way to the salts.
        if (number != 0 || target.Salt is not null) return Fault();
        target.Salt = (ulong)second << 32 | first;
        return true;
    }

    private bool Fault()
    {
        Faulted = Other!.Faulted = true;
        Alarm?.Invoke();
        Other.Alarm?.Invoke();
        return false;
    }
}
