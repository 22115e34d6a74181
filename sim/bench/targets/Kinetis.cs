using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Kinetis;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with a Kinetis as the probe's target: AHB-AP and, at APSEL 1, the MDM-AP.</summary>
public sealed class Kinetis : SimTarget, IMdmChip
{
    private const uint Dhcsr = 0xE000_EDF0, Key = 0xA05F_0000, DebugEn = 1, Halt = 2;

    private readonly ChipMdm _chip;
    private MdmAp? _mdm;

    public Kinetis(Machine probe, string name, Func<TimeBase, Nets, ChipMdm> build) : base(probe, name, build)
    {
        _chip = (ChipMdm)Chip;
        _chip.IsHeld = () => InReset || ErasesAfterReset && HoldsCore;
    }

    public ChipMdm Part => _chip;

    /// <summary>A secured part closes its bus to the debugger.</summary>
    public override bool Enabled => !_chip.Flash.IsSecured;

    protected override Chips.FlashWork FlashWork => _chip.Flash.Work;

    protected override (string Tx, string Rx) Uart => ("PTA2", "PTA1");

    protected override string? Swo => _chip.Port.Core.HasTpiu ? "PTA2" : null;

    protected override SwDp NewDebugPort() => new(_chip.Port.Dpidr, Bus(), _mdm = new(_chip.Port.MdmIdr, this));

    private MemAp Bus() => _chip.Port.Core.IsV6M
        ? new(this, _chip.Port.ApIdr, _chip.Port.RomBase) { HasPacked = false }
        : new(this, _chip.Port.ApIdr, _chip.Port.RomBase) { IncrementBits = 12 };

    public bool IsSecured => _chip.Flash.IsSecured;
    public bool MayMassErase => _chip.Flash.MayMassErase;
    public bool HasBackdoor => _chip.Flash.HasBackdoor;
    public bool IsHalted => Core.InDebugState;
    public bool IsSleeping => Core.Sleeping;
    public bool ErasesAfterReset => _chip.Port.ErasesAfterReset;

    public void HoldSystem(bool on) => HoldReset(on);

    void IMdmChip.ReleaseCore() => ReleaseCore();

    protected override bool HoldsCore => _mdm is { HoldsCore: true };

    /// <summary>EDBGRQ: the core halts where a debugger has enabled that.</summary>
    public void RequestHalt()
    {
        if (Core.DebugPortRead(Dhcsr, 4, out uint value) && (value & DebugEn) != 0) Core.DebugPortWrite(Dhcsr, Key | DebugEn | Halt, 4);
    }

    public bool EraseAll(Action finished) => _chip.Flash.EraseFromOutside(finished);
}
