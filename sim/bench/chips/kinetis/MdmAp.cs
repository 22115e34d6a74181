using SharpProbe.Sim.Adi;

namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>
/// MDM-AP at APSEL 1 (KL25 Sub-Family Reference Manual 9.3, K64 Sub-Family Reference Manual 9.3): the way into a secured part. Status 0x00, Control 0x04, IDR 0xFC. The low-power bits are not modelled.
/// </summary>
/// <param name="idr">0x001C0020: KL, M and E series; 0x001C0000: K.</param>
/// <param name="chip">What it controls.</param>
public sealed class MdmAp(uint idr, IMdmChip chip) : ApBlock
{
    private const uint MassErase = 1, DebugRequest = 4, SystemReset = 8, HoldCore = 16, Kept = 0xFE;
    private const uint Ready = 2, Secured = 4, OutOfReset = 8, MayMassErase = 32, HasBackdoor = 64, CoreHalted = 1 << 16, Sleeping = 1 << 18;

    private uint _control;
    private bool _wanted, _erasing, _acknowledged;

    public override bool Powered => chip.Powered;

    /// <summary>Control.HoldCore: at the end of a system reset the core stays in it.</summary>
    public bool HoldsCore => (_control & HoldCore) != 0 || chip.ErasesAfterReset && (_wanted || _erasing);

    public override void PowerOn() => (_control, _wanted, _erasing, _acknowledged) = (0, false, false, false);

    internal override bool Read(int register, ulong now, out uint value)
    {
        chip.CatchUp();
        TryErase();
        value = register switch
        {
            0x00 => Status(),
            0x04 => _control | (_wanted || _erasing ? MassErase : 0),
            0xFC => idr,
            _ => 0,
        };
        return true;
    }

    internal override bool Write(int register, uint value, ulong now)
    {
        chip.CatchUp();
        if (register != 0x04) return true;
        uint old = _control;
        _control = value & Kept;
        if (!_erasing) _wanted = (value & MassErase) != 0;
        // A secured part of the first generation takes the mass erase alone (pyOCD's and NXP's AN4835 know of it).
        if (chip.IsSecured && idr == 0x001C_0000) _control &= ~(SystemReset | DebugRequest | HoldCore);
        if (((old ^ _control) & SystemReset) != 0) chip.HoldSystem((_control & SystemReset) != 0);
        if ((old & HoldCore) != 0 && (_control & HoldCore) == 0 && !HoldsCore) chip.ReleaseCore();
        if ((_control & DebugRequest) != 0) chip.RequestHalt();
        TryErase();
        return true;
    }

    private void TryErase()
    {
        if (!_wanted || chip.ErasesAfterReset && chip.InReset) return;
        _erasing = true;
        _acknowledged = chip.EraseAll(() =>
        {
            _erasing = false;
            if (chip.ErasesAfterReset && !HoldsCore) chip.ReleaseCore();
        });
        (_wanted, _erasing) = (false, _acknowledged);
    }

    private uint Status() => Ready
        | (_acknowledged ? MassErase : 0) | (chip.IsSecured ? Secured : 0) | (chip.InReset ? 0 : OutOfReset) | (chip.MayMassErase ? MayMassErase : 0)
        | (chip.HasBackdoor ? HasBackdoor : 0) | (chip.IsHalted ? CoreHalted : 0) | (chip.IsSleeping ? Sleeping : 0);
}
