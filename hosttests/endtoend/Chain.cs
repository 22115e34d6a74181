using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Targets;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.Boot;

namespace SharpProbe.Tests.EndToEnd;

/// <summary>
/// Everything between a program on the host and the chip that is debugged: cable, probe with its own firmware, wire, STM32F103 with the demo's program running in it.
/// Simulated time passes only when the test says so.
/// </summary>
internal sealed class Chain
{
    public const ulong Millisecond = TimeBase.Second / 1000, Microsecond = Millisecond / 1000;

    public Chain(TargetKind kind = TargetKind.Clone, UsbSpeed speed = UsbSpeed.High, string board = "stlinkv3mini")
    {
        Machine = new(BoardList.Find(board));
        Machine.Load(ElfFile.Read(BootedBoard.Firmware(board)));
        Target = new(Machine, kind);
        Target.Connect();
        Target.Load(Demo);
        Host = new(Machine.Time, speed) { Debounce = 10 * Millisecond, ResetTime = 10 * Millisecond };
        Run(20 * Millisecond);
        Plug();
    }

    /// <summary>The program in the target.</summary>
    public static ElfFile Demo { get; } = ElfFile.Read(BootedBoard.Firmware("demo_stm32f103"));

    public Machine Machine { get; }
    public Stm32F103 Target { get; }
    public UsbHost Host { get; }
    public CdcPort Port => Host.Cdc("Black Magic GDB Server");

    /// <summary>The target executes instructions, and nobody debugs it.</summary>
    public bool TargetRuns()
    {
        Target.CatchUp();
        ulong before = Target.Core.Instructions;
        Run(Millisecond);
        Target.CatchUp();
        const uint DebugHaltingControl = 0xE000_EDF0;
        return Target.Core.Instructions > before + 1000 && Target.Core.DebugPortRead(DebugHaltingControl, 4, out uint dhcsr) && (dhcsr & 1) == 0;
    }

    /// <summary>Lets simulated femtoseconds pass.</summary>
    public void Run(ulong duration)
    {
        Machine.RunFor(duration);
        Assert.True(Machine.Stopped is null, $"the bench stopped: {Machine.Stopped?.Message} at 0x{Machine.Stopped?.Pc:X8}");
    }

    /// <summary>Puts the cable in and waits until the host has configured the probe.</summary>
    public void Plug()
    {
        Host.Plug(Machine.Usb);
        for (ulong end = Machine.Time.Now + 2 * TimeBase.Second; !Host.IsConfigured && Machine.Time.Now < end;) Run(Millisecond);
        Assert.True(Host.IsConfigured, Host.State.ToString());
    }

    /// <summary>Nothing is wrong with the probe on the cable, nor with the target's model.</summary>
    public void AssertClean()
    {
        Assert.Equal("", string.Join("\n", Host.Findings.All));
        Assert.Null(Target.Stopped?.Message);
    }
}
