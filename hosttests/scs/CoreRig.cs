using SharpProbe.Sim;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Tests.Scs;

/// <summary>
/// A core with 64 KB of code memory at 0x08000000 and 128 KB of RAM at 0x20000000. Vectors point at "b ." handlers of their own until a test gives code,
/// so that a test can tell by the program counter which one was entered.
/// </summary>
internal sealed class CoreRig
{
    public const uint Code = 0x0800_0000, Ram = 0x2000_0000, StackTop = Ram + 0x1_0000, Main = Code + 0x1000, Handlers = Code + 0x2000;
    private const ushort BranchToSelf = 0xE7FE;

    private readonly MemoryRegion _code = new("code", Code, 0x1_0000, MemoryTiming.Tcm), _ram = new("RAM", Ram, 0x2_0000, MemoryTiming.Tcm);

    public CoreRig(params ushort[] main) : this(CoreKind.CortexM7, main) { }

    public CoreRig(CoreKind kind, params ushort[] main)
    {
        Bus.Map(_code);
        Bus.Map(_ram);
        Core = new Core(kind, Bus, Time) { BootVectorTable = Code };
        Bus.Write(Code, StackTop, 4);
        Bus.Write(Code + 4, Main | 1, 4);
        for (int n = 2; n < 64; n++)
        {
            Bus.Write(Code + (uint)n * 4, Handler(n) | 1, 4);
            Put(Handler(n), BranchToSelf);
        }
        Put(Main, main);
        Core.Reset();
    }

    public Bus Bus { get; } = new();
    public TimeBase Time { get; } = new(216_000_000);
    public Core Core { get; }

    /// <summary>Where the handler of an exception begins.</summary>
    public static uint Handler(int number) => Handlers + (uint)number * 0x40;

    public void Put(uint address, params ushort[] halfwords)
    {
        for (int i = 0; i < halfwords.Length; i++) Bus.Write(address + (uint)i * 2, halfwords[i], 2);
    }

    /// <summary>Gives an exception a handler; at most 32 halfwords.</summary>
    public void Handle(int number, params ushort[] halfwords) => Put(Handler(number), halfwords);

    public uint Word(uint address) => Bus.Read(address, 4);
    public void Word(uint address, uint value) => Bus.Write(address, value, 4);

    public void Run(int instructions) => Core.RunInstructions((ulong)instructions);

    /// <summary>Runs until the handler of <paramref name="exception"/> begins, a few steps at most: a fault takes one step to be raised and one to be entered.</summary>
    public void RunToHandler(int exception)
    {
        for (int i = 0; i < 8 && Core.Ipsr != exception; i++) Core.Step();
    }

    /// <summary>A register of the private peripheral bus, by address.</summary>
    public uint this[uint address]
    {
        get => Core.PrivateBlocks[address >> 12 & 0xFF].Read(address & 0xFFF, 4);
        set => Core.PrivateBlocks[address >> 12 & 0xFF].WriteBySoftware(address & 0xFFF, value, 4);
    }

    /// <summary>Enables an interrupt at a priority and pends it.</summary>
    public void Interrupt(int irq, byte priority)
    {
        Core.Nvic.SetPriority(ExceptionNumber.Interrupt0 + irq, priority);
        Core.Nvic.Enable(ExceptionNumber.Interrupt0 + irq, true);
        Core.Nvic.Pend(ExceptionNumber.Interrupt0 + irq);
    }
}
