using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.Kinetis;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Targets;

/// <summary>A Kinetis of any kind, as its board sees it. A lockup resets it, as silicon does.</summary>
public abstract class ChipMdm : Chip
{
    /// <summary>Reset causes as all of them tell them: RCM_SRS0 and SRS1 from bit 8 on, or SIM_SRSID.</summary>
    protected const uint ByPowerOn = 0x82, ByPin = 0x40, ByWatchdog = 0x20, ByLockup = 0x200, BySoftware = 0x400;

    private bool _lockedUp;

    protected ChipMdm(string name, CoreKind kind, MdmPorts port, uint flashKilobytes, TimeBase time, Nets nets) : base(name, kind, port.Core, time, nets)
    {
        Port = port;
        Array = new("flash", 0, flashKilobytes * 1024, MemoryTiming.Flash);
        Bus.Map(Array);
        Core.LockupEntered += () =>
        {
            _lockedUp = true;
            RequestReset(ResetCause.Software, "lockup");
        };
    }

    /// <summary>What its debug port says of itself.</summary>
    public MdmPorts Port { get; }

    /// <summary>The system is kept in reset.</summary>
    public Func<bool> IsHeld { get; set; } = () => false;

    /// <summary>The program flash.</summary>
    public MemoryRegion Array { get; }

    public abstract MdmFlash Flash { get; }

    public override void StartAt(uint address) => throw new BenchStop("a Kinetis starts at 0, always");

    public override void Reset(ResetCause cause)
    {
        Flash.Reset();
        ResetBlocks(_lockedUp ? ByLockup : cause switch { ResetCause.PowerOn => ByPowerOn, ResetCause.Pin => ByPin, ResetCause.IndependentWatchdog => ByWatchdog, _ => BySoftware });
        _lockedUp = false;
        if (cause == ResetCause.PowerOn) Core.ResetDebug();
        Core.Reset();
    }

    /// <param name="cause">Of the reset, one of those above.</param>
    protected abstract void ResetBlocks(uint cause);

    /// <summary>Watchdogs stand in Debug state, and in a reset that lasts.</summary>
    protected bool IsStill() => Core.InDebugState || IsHeld();

    protected void Expire(string reason) => RequestReset(ResetCause.IndependentWatchdog, reason);
}
