using SharpProbe.Sim.Chips.Rp2040;

namespace SharpProbe.Sim.Chips.Rp2350;

/// <summary>POWMAN: why the chip was reset (RP2350 datasheet 6.4, CHIP_RESET). RESCUE_FLAG, set by the RP-AP, keeps the boot ROM from starting anything. Writes need a password in their upper half.</summary>
public sealed class Powman : ResetReason
{
    private const uint HadPor = 1 << 16, HadRunLow = 1 << 18, HadRescue = 1 << 21, RescueFlag = 1 << 4, Password = 0x5AFE;

    private readonly Register _reason;

    public Powman() : base("POWMAN") =>
        _reason = Add(new() { Name = "CHIP_RESET", Offset = 0x2C, ReadMask = 0x1FEF_0011, WriteMask = 0, OnWrite = (_, v) => { if (v >> 16 == Password) _reason!.Value &= ~(v & RescueFlag); } });

    public override void NotePowerOn() => _reason.Value = HadPor;
    public override void NoteRunPin() => _reason.Value = HadRunLow;
    public override void NoteRescue() => _reason.Value = HadRescue | RescueFlag;
}
