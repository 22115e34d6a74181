using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.H7;

/// <summary>
/// Flash interface of an STM32H7 (RM0433 chapter 4): two banks that work independently, and option bytes. Shared registers are seen at 0x000 and at 0x100. CRC of flash contents and bank
/// swap are not modelled; nor is read protection in the probe's own chip, where every mistake stops the bench.
/// </summary>
public sealed partial class FlashH7 : TargetFlash
{
    private const int Irq = 4;
    private readonly FlashKindH7 _kind;
    private readonly bool _strict;
    private readonly Register _acr;

    /// <param name="die">The chip.</param>
    /// <param name="bank1">At 0x08000000.</param>
    /// <param name="bank2">At 0x08100000; null: this part has none.</param>
    /// <param name="kind">Family.</param>
    /// <param name="strict">Mistakes stop the bench; else they get what silicon gives.</param>
    public FlashH7(Die die, MemoryRegion bank1, MemoryRegion? bank2, FlashKindH7 kind, bool strict) : base(die)
    {
        (_kind, _strict) = (kind, strict);
        _options = _options with { WriteProtection1 = kind.ProtectionMask, WriteProtection2 = kind.ProtectionMask };
        Banks =
        [
            new(1, bank1, die.Time, Operations, () => _options.WriteProtection1, UpdateInterrupt, kind, strict),
            new(2, bank2, die.Time, Operations, () => _options.WriteProtection2, UpdateInterrupt, kind, strict),
        ];
        Operations.Began += operation => Work.Note(die.Time.Now, operation.Duration);
        _acr = Shared(new() { Name = "ACR", Offset = 0x00, Reset = 0x37, ReadMask = 0x3F, WriteMask = 0x3F, Widths = 7, OnWrite = (_, _) => RaiseChanged() });
        foreach (var bank in Banks)
            foreach (var register in bank.Registers) Add(register);
        AddOptions();
        Reset();
    }

    public FlashBankH7[] Banks { get; }

    /// <summary>Erases and programmed words of both banks, and when the power goes in one.</summary>
    public FlashOperations Operations { get; } = new();

    public override uint Latency => _acr.Field(0, 4);

    public override bool HidesWaitStates => false;

    /// <summary>ACR.WRHIGHFREQ.</summary>
    public uint ProgramDelay => _acr.Field(4, 2);

    public override void Reset()
    {
        base.Reset();
        foreach (var bank in Banks) bank.Reset();
        ResetOptions();
        RaiseChanged();
    }

    /// <summary>Adds a register that both banks' register sets show.</summary>
    private Register Shared(Register register)
    {
        Add(register);
        bool writable = register.WriteMask != 0 || register.OnWrite is not null || !_strict;
        Add(new()
        {
            Name = register.Name + "_", Offset = register.Offset + 0x100, Reset = register.Reset, ReadMask = register.ReadMask, WriteMask = register.WriteMask, Widths = register.Widths,
            OnRead = () => register.OnRead?.Invoke() ?? register.Value, OnWrite = writable ? (_, written) => { if (register.WriteMask != 0 || register.OnWrite is not null) register.Store(written, Name); } : null,
        });
        return register;
    }

    private void UpdateInterrupt()
    {
        if (Banks is { } banks) Die.Interrupts.Set(Irq, banks[0].Interrupts || banks[1].Interrupts);
    }
}
