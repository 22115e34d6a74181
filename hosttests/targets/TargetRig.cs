using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Scs;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets;

/// <summary>A probe without firmware, whose time goes on, and a target, an STM32F103 if nothing else is said, whose bus the test reads and writes as a debug port would.</summary>
internal sealed class TargetRig
{
    public const uint Dhcsr = 0xE000_EDF0, Dcrsr = 0xE000_EDF4, Dcrdr = 0xE000_EDF8, Demcr = 0xE000_EDFC, Dfsr = 0xE000_ED30, Aircr = 0xE000_ED0C;
    public const uint Key = 0xA05F_0000, Flash = 0x0800_0000, Ram = 0x2000_0000, Code = Flash + 0x100, StackTop = Ram + 0x1000;
    public const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;
    private const ushort BranchToSelf = 0xE7FE;

    /// <param name="program">Code at <see cref="Code"/>; every exception's handler is a loop at Flash + 0x400 + 4 times its number.</param>
    public TargetRig(params ushort[] program) : this(TargetKind.Genuine, program) { }

    public TargetRig(TargetKind kind, params ushort[] program) : this(TargetVariant.Of(kind).Name, program) { }

    /// <param name="target">Of <see cref="TargetList"/>; its flash is at <see cref="Flash"/> and takes 0x600 bytes.</param>
    public TargetRig(string target, params ushort[] program)
    {
        Probe = new(BoardList.Find("stlinkv3mini"));
        Target = TargetList.Find(target).Build(Probe);
        if (program.Length == 0) return;
        var image = new byte[0x600];
        void Word(int at, uint value) => BitConverter.TryWriteBytes(image.AsSpan(at), value);
        Word(0, StackTop);
        Word(4, Code | 1);
        for (int n = 2; n < 64; n++)
        {
            Word(n * 4, Handler(n) | 1);
            BitConverter.TryWriteBytes(image.AsSpan((int)(Handler(n) - Flash)), BranchToSelf);
        }
        for (int i = 0; i < program.Length; i++) BitConverter.TryWriteBytes(image.AsSpan((int)(Code - Flash) + i * 2), program[i]);
        Target.Load(image, Flash);
    }

    public Machine Probe { get; }
    public SimTarget Target { get; }
    public Stm32F103 F103 => (Stm32F103)Target;

    public static uint Handler(int exception) => Flash + 0x400 + (uint)exception * 4;

    public uint this[uint address]
    {
        get => Read(address) ?? throw new InvalidOperationException($"0x{address:X8}: bus error, {Target.Stopped}");
        set => Assert.True(Write(address, value), $"0x{address:X8}: bus error, {Target.Stopped}");
    }

    /// <summary>Null: bus error.</summary>
    public uint? Read(uint address, int width = 4)
    {
        bool done = Target.Read(address, width, out uint value, out ulong readyAt);
        Probe.RunUntil(readyAt);
        return done ? value : null;
    }

    public bool Write(uint address, uint value, int width = 4)
    {
        bool done = Target.Write(address, value, width, out ulong readyAt);
        Probe.RunUntil(readyAt);
        return done;
    }

    public void Wait(ulong time)
    {
        Assert.True(Probe.RunFor(time), Probe.Stopped?.ToString());
        Target.CatchUp();
    }

    public bool IsHalted => (this[Dhcsr] & 1 << 17) != 0;

    public void Halt() => this[Dhcsr] = Key | 3;
    public void Go(uint more = 0) => this[Dhcsr] = Key | 1 | more;

    public void Step(uint more = 0)
    {
        this[Dhcsr] = Key | 5 | more;
        Wait(10 * Microsecond);
        Assert.True(IsHalted);
    }

    /// <summary>Halts before the program's first instruction.</summary>
    public void HaltAtReset()
    {
        this[Dhcsr] = Key | 1;
        this[Demcr] = 1;
        this[Aircr] = 0x05FA_0004;
        Wait(50 * Microsecond);
        Assert.True(IsHalted);
        this[Demcr] = 0;
    }

    public uint Register(int number)
    {
        this[Dcrsr] = (uint)number;
        return this[Dcrdr];
    }

    public void Register(int number, uint value)
    {
        this[Dcrdr] = value;
        this[Dcrsr] = 1u << 16 | (uint)number;
    }

    public uint Pc { get => Register(15); set => Register(15, value); }
}
