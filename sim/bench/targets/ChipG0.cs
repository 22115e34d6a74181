using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.G0;
using SharpProbe.Sim.Chips.L4;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>STM32G071, assembled (RM0444, DS12232), with an 8 MHz crystal. Its flash controller is the L4's with one bank. SYSCFG is not modelled.</summary>
public sealed class ChipG0 : StChip
{
    private const uint Information = 0x1FFF_0000, OneTime = 0x7000, OneTimeSize = 0x400, UniqueId = 0x1FFF_7590, FlashSize = 0x1FFF_75E0, Crystal = 8_000_000, MakersTable = 0xF000_0000;

    private static readonly AlternateFunctions Functions = new("""
        PA2 1:USART2_TX
        PA3 1:USART2_RX
        PA9 1:USART1_TX
        PA10 1:USART1_RX
        PB6 0:USART1_TX
        PB7 0:USART1_RX
        PC4 1:USART1_TX
        PC5 1:USART1_RX
        """, partial: true);

    private readonly RccG0 _rcc;
    private readonly PwrG0 _pwr = new();
    private readonly FlashL4 _flash;
    private readonly MemoryRegion _system;

    /// <summary>DEV_ID and REV_ID: RM0444 40.10.1. The AHB-AP shows ST's own ROM table, which leads to the core's (RM0444 40.6).</summary>
    public static IReadOnlyList<StPart> Parts { get; } =
    [
        new("stm32g071", "STM32G071RB, 128 KB of flash, a Cortex-M0+", CoreFeatures.CortexM0Plus, 0x2000_6460, 128, 64)
        {
            RamKilobytes = 36, Dpidr = 0x0BC1_1477, ApIdr = 0x0477_0031, RomBase = MakersTable | 3,
        },
    ];

    public ChipG0(StPart part, TimeBase time, Nets nets) : base("G0", CoreKind.CortexM0Plus, part, time, nets)
    {
        AddRam("SRAM", 0x2000_0000, part.RamKilobytes, MemoryTiming.Ahb);
        _system = new("system memory", Information, 0x7800, MemoryTiming.Flash);
        Bus.Map(_system);
        FillBootLoader(_system);
        _flash = new(Die, Array, _system, (OneTime, OneTimeSize), FlashKindL4.G0);
        Identity.Write(_system, UniqueId, FlashSize, part.FlashKilobytes);
        _flash.LaunchRequested += () => RequestReset(ResetCause.OptionBytes, "FLASH_CR.OBL_LAUNCH");
        Bus.Map(MakersTable, 0x1000, new RomTable("ROM table", (ushort)(part.Idcode & 0xFFF), 0x020, [0xF00F_F003]));
        _rcc = new(Die, Crystal);
        _pwr.Changed += ClocksChanged;
        Usart[] usarts = [.. Enumerable.Range(1, 2).Select(n => new Usart($"USART{n}", Die, UsartVersion.G0, () => _rcc.Uart(n), 26 + n))];
        Assemble(_rcc, MemoryMapG0.Blocks, Dbgmcu.G0(part.Idcode), 0x4001_5800, [_pwr, .. "ABCDF".Select(port => new Gpio(port, Die, GpioResets.G0(port), Functions)), .. usarts]);
    }

    public override FlashL4 Flash => _flash;
    public RccG0 Rcc => _rcc;

    protected override PeripheralPath[] Paths => PeripheralPath.F4;

    public override void Reset(ResetCause cause)
    {
        if (cause is ResetCause.PowerOn or ResetCause.OptionBytes) _flash.LoadOptions();
        base.Reset(cause);
    }

    /// <summary>BOOT0 as the pin has it (nBOOT_SEL = 0, RM0444 2.5); that an empty part starts its boot loader is not modelled.</summary>
    protected override void Boot() => MapAtZero(BootPin ? _system : Array);

    protected override void CheckClocks()
    {
        const ulong Mega = 1_000_000;
        if (_pwr.Range is not (1 or 2)) throw new BenchStop($"PWR.CR1: VOS = {_pwr.Range} is reserved");
        bool high = _pwr.Range == 1;
        if (!high && _rcc.Hclk > 16 * Mega) throw new BenchStop($"HCLK is {_rcc.Hclk} Hz: in range 2 it must not pass 16 MHz (RM0444 4.1.4)");
        // RM0444 table "Number of wait states according to flash clock frequency".
        ulong needed = high ? _rcc.Hclk <= 24 * Mega ? 0u : _rcc.Hclk <= 48 * Mega ? 1u : 2 : _rcc.Hclk <= 8 * Mega ? 0u : 1;
        if (_flash.Latency < needed) throw new BenchStop($"FLASH.ACR: LATENCY = {_flash.Latency}, HCLK at {_rcc.Hclk} Hz needs {needed} wait states in range {_pwr.Range} (RM0444 3.3.4)");
    }
}
