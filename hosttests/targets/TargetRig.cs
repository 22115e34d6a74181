using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Scs;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets;

/// <summary>A probe without firmware, whose time goes on, and a target, an STM32F103 if nothing else is said, whose bus the test reads and writes as a debug port would.</summary>
internal sealed class TargetRig : BusRig
{
    public const uint Flash = 0x0800_0000, Ram = 0x2000_0000, Code = Flash + 0x100, StackTop = Ram + 0x1000;
    private const ushort BranchToSelf = 0xE7FE;

    /// <param name="program">Code at <see cref="Code"/>; every exception's handler is a loop at Flash + 0x400 + 4 times its number.</param>
    public TargetRig(params ushort[] program) : this(TargetKind.Genuine, program) { }

    public TargetRig(TargetKind kind, params ushort[] program) : this(TargetVariant.Of(kind).Name, program) { }

    /// <param name="target">Of <see cref="TargetList"/>; its flash is at <see cref="Flash"/> and takes 0x600 bytes.</param>
    public TargetRig(string target, params ushort[] program) : base(TargetList.Find(target).Build)
    {
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

    /// <summary>A halted target of ST whose flash controller takes commands (the two keys are those of F0 to F7, L4 and G0).</summary>
    /// <param name="keys">Address of FLASH_KEYR.</param>
    public static TargetRig Unlocked(string target, uint keys)
    {
        var rig = new TargetRig(target, BranchToSelf);
        rig.Halt();
        rig[keys] = 0x4567_0123;
        rig[keys] = 0xCDEF_89AB;
        return rig;
    }

    public Stm32F103 F103 => (Stm32F103)Target;

    public static uint Handler(int exception) => Flash + 0x400 + (uint)exception * 4;

    public void Go(uint more = 0) => this[Dhcsr] = Key | 1 | more;

    public void Step(uint more = 0)
    {
        this[Dhcsr] = Key | 5 | more;
        Wait(10 * Microsecond);
        Assert.True(IsHalted);
    }

    public uint Pc { get => Register(15); set => Register(15, value); }
}
