using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Adi;

namespace SharpProbe.Tests.Targets.Rp2040;

/// <summary>An RP2040 beside a probe without firmware: the test is the host on its wires.</summary>
internal sealed class Rp2040Rig
{
    public const uint Id = 0x0100_2927, Ram = 0x2000_0000, Rescue = 15;
    public const ulong Millisecond = TimeBase.Second / 1000;

    /// <param name="program">For <see cref="BootedImage"/>; none: an erased flash.</param>
    public Rp2040Rig(params ushort[] program)
    {
        Probe = new(BoardList.Find("stlinkv3mini"));
        Target = new(Probe);
        if (program.Length > 0) Target.Load(BootedImage.Of(program, 0x800), ChipRp2040.Xip);
        var wiring = TargetWiring.Of(Probe.Board.Name);
        Target.Connect();
        Host = new(Probe.Time, Probe.Pin(wiring.Swclk).Net, Probe.Pin(wiring.Swdio).Net);
    }

    public Machine Probe { get; }
    public SharpProbe.Sim.Targets.Rp2040 Target { get; }
    public SwdHost Host { get; }

    /// <summary>Wakes all ports.</summary>
    public Rp2040Rig Awake()
    {
        Host.Wake();
        return this;
    }

    /// <summary>Line reset, TARGETSEL, DPIDR.</summary>
    public uint Select(uint instance)
    {
        Host.LineReset();
        Host.Write(false, 12, Id | instance << 28);
        return Host.ReadDp(0);
    }

    /// <summary>Selects a core's port and powers it up.</summary>
    public void Use(uint core)
    {
        Select(core);
        Host.PowerUp();
    }

    public uint this[uint address]
    {
        get
        {
            Host.WriteAp(4, address);
            Host.ReadAp(12);
            return Host.ReadDp(12);
        }
        set
        {
            Host.WriteAp(4, address);
            Host.WriteAp(12, value);
            Host.Idle();
        }
    }

    public void Halt()
    {
        this[TargetRig.Dhcsr] = TargetRig.Key | 3;
        Assert.NotEqual(0u, this[TargetRig.Dhcsr] & 1 << 17);
    }

    public uint Register(int number)
    {
        this[TargetRig.Dcrsr] = (uint)number;
        return this[TargetRig.Dcrdr];
    }

    public void Register(int number, uint value)
    {
        this[TargetRig.Dcrdr] = value;
        this[TargetRig.Dcrsr] = 1u << 16 | (uint)number;
    }

    /// <summary>Time passes on the bench.</summary>
    public void Pass(ulong femtoseconds) => Host.Pass(Probe.Time.CycleAt(Probe.Time.Now + femtoseconds) - Probe.Time.Cycles);

    /// <summary>Calls a function of the boot ROM as a flash driver does, and waits for its end.</summary>
    public uint Call(string code, params uint[] arguments)
    {
        for (int i = 0; i < arguments.Length; i++) Register(i, arguments[i]);
        Register(7, Function(code));
        Register(13, 0x2004_1000);
        Register(15, Function("DT") & ~1u);
        Register(16, 1 << 24);
        this[TargetRig.Dhcsr] = TargetRig.Key | 1;
        for (int i = 0; i < 10_000; i++)
        {
            Pass(Millisecond / 10);
            if ((this[TargetRig.Dhcsr] & 1 << 17) == 0) continue;
            Assert.Equal(Function("DE") & ~1u, Register(15));
            return Register(0);
        }
        throw new InvalidOperationException($"{code} does not end; pc = 0x{Register(15):X8}, {Target.Stopped}");
    }

    /// <summary>A function's address by its two letters, from the table that 0x14 names.</summary>
    public uint Function(string code)
    {
        uint table = this[0x14] & 0xFFFF;
        for (uint at = table; ; at += 4)
        {
            uint word = this[at];
            if ((word & 0xFFFF) == 0) throw new InvalidOperationException($"no {code}");
            if ((char)(word & 0xFF) == code[0] && (char)(word >> 8 & 0xFF) == code[1]) return word >> 16;
        }
    }
}
