namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>VREG_AND_CHIP_RESET: why the chip was reset (RP2040 datasheet 2.12.8). PSM_RESTART_FLAG, set by the rescue debug port, keeps the boot ROM from starting anything.</summary>
public sealed class ChipResetRp2040 : ResetReason
{
    private const uint HadPowerOn = 1 << 8, HadRun = 1 << 16, HadRestart = 1 << 20, RestartFlag = 1 << 24;

    private readonly Register _reason;

    public ChipResetRp2040() : base("VREG_AND_CHIP_RESET")
    {
        Add(new() { Name = "VREG", Offset = 0, Reset = 0xB1, ReadMask = 0x10F3, WriteMask = 0xF3 });
        Add(new() { Name = "BOD", Offset = 4, Reset = 0x91, ReadMask = 0xF1, WriteMask = 0xF1 });
        _reason = Add(new() { Name = "CHIP_RESET", Offset = 8, ReadMask = 0x0111_0100, WriteMask = 0, ClearByOne = RestartFlag });
    }

    public override void NotePowerOn() => _reason.Value = HadPowerOn;
    public override void NoteRunPin() => _reason.Value = _reason.Value & RestartFlag | HadRun;
    public override void NoteRescue() => _reason.Value = HadRestart | RestartFlag;
}
