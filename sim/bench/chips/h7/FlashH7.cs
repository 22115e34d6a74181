using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.H7;

/// <summary>
/// Flash interface of STM32H743 and H750 (RM0433 chapter 4): two banks that work independently, and option bytes. Shared registers are seen at 0x000 and at
/// 0x100. CRC of flash contents, bank swap and read protection are not modelled.
/// </summary>
public sealed partial class FlashH7 : Peripheral
{
    private const int Irq = 4;
    private readonly Die _die;
    private readonly Register _acr;

    /// <param name="die">The chip.</param>
    /// <param name="bank1">At 0x08000000.</param>
    /// <param name="bank2">At 0x08100000; null: this part has none.</param>
    public FlashH7(Die die, MemoryRegion bank1, MemoryRegion? bank2) : base("FLASH")
    {
        _die = die;
        Banks = [new(1, bank1, die.Time, Operations, () => _options.WriteProtection1, UpdateInterrupt), new(2, bank2, die.Time, Operations, () => _options.WriteProtection2, UpdateInterrupt)];
        _acr = Shared(new() { Name = "ACR", Offset = 0x00, Reset = 0x37, ReadMask = 0x3F, WriteMask = 0x3F, Widths = 7, OnWrite = (_, _) => Changed?.Invoke() });
        foreach (var bank in Banks)
            foreach (var register in bank.Registers) Add(register);
        AddOptions();
        Reset();
    }

    public FlashBankH7[] Banks { get; }

    /// <summary>Erases and programmed words of both banks, and when the power goes in one.</summary>
    public FlashOperations Operations { get; } = new();

    public uint Latency => _acr.Field(0, 4);

    /// <summary>ACR.WRHIGHFREQ.</summary>
    public uint ProgramDelay => _acr.Field(4, 2);

    /// <summary>ACR changed.</summary>
    public event Action? Changed;

    public override void Reset()
    {
        base.Reset();
        foreach (var bank in Banks) bank.Reset();
        ResetOptions();
        Changed?.Invoke();
    }

    /// <summary>Adds a register that both banks' register sets show.</summary>
    private Register Shared(Register register)
    {
        Add(register);
        bool writable = register.WriteMask != 0 || register.OnWrite is not null;
        Add(new()
        {
            Name = register.Name + "_", Offset = register.Offset + 0x100, Reset = register.Reset, ReadMask = register.ReadMask, WriteMask = register.WriteMask, Widths = register.Widths,
            OnRead = () => register.OnRead?.Invoke() ?? register.Value, OnWrite = writable ? (_, written) => register.Store(written, Name) : null,
        });
        return register;
    }

    private void UpdateInterrupt()
    {
        if (Banks is { } banks) _die.Interrupts.Set(Irq, banks[0].Interrupts || banks[1].Interrupts);
    }
}
