using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.L4;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>STM32L475 and L476, assembled (RM0351, DS10969, DS10198), with an 8 MHz crystal. Their GPIO ports and USARTs are those of the F7's design.</summary>
public sealed class ChipL4 : StChip
{
    private const uint Information = 0x1FFF_0000, OneTime = 0x7000, OneTimeSize = 0x400, UniqueId = 0x1FFF_7590, FlashSize = 0x1FFF_75E0, Crystal = 8_000_000, Sram2 = 0x1000_0000, Sram2Size = 0x8000;

    private static readonly AlternateFunctions Functions = new("""
        PA2 7:USART2_TX
        PA3 7:USART2_RX
        PA9 7:USART1_TX
        PA10 7:USART1_RX
        PB6 7:USART1_TX
        PB7 7:USART1_RX
        PB10 7:USART3_TX
        PB11 7:USART3_RX
        PD5 7:USART2_TX
        PD6 7:USART2_RX
        """, partial: true);

    private readonly RccL4 _rcc;
    private readonly PwrL4 _pwr = new();
    private readonly FlashL4 _flash;
    private readonly MemoryRegion _system, _sram1, _sram2;
    private readonly SyscfgL4 _syscfg = new();

    /// <summary>DEV_ID and REV_ID: RM0351 48.6.1, revision 4.</summary>
    public static IReadOnlyList<StPart> Parts { get; } =
    [
        new("stm32l475", "STM32L475VG, 1 MB of flash in two banks", CoreFeatures.Stm32M4(0x415, 82), 0x1007_6415, 1024, 80) { RamKilobytes = 96 },
    ];

    public ChipL4(StPart part, TimeBase time, Nets nets) : base("L4", CoreKind.CortexM4, part, time, nets)
    {
        _sram1 = AddRam("SRAM1", 0x2000_0000, part.RamKilobytes, MemoryTiming.Ahb);
        _sram2 = AddRam("SRAM2", Sram2, Sram2Size / 1024, MemoryTiming.Ahb);
        _system = new("system memory", Information, 0x7800, MemoryTiming.Flash);
        Bus.Map(_system);
        FillBootLoader(_system);
        _flash = new(Die, Array, _system, (OneTime, OneTimeSize), FlashKindL4.L47x);
        Identity.Write(_system, UniqueId, FlashSize, part.FlashKilobytes);
        _flash.LaunchRequested += () => RequestReset(ResetCause.OptionBytes, "FLASH_CR.OBL_LAUNCH");
        _flash.Opened += () =>
        {
            _sram2.Span.Clear();
            _sram2.ContentsChanged();
        };
        _rcc = new(Die, Crystal);
        _pwr.Changed += ClocksChanged;
        _syscfg.Remapped += Remap;
        Usart[] usarts = [.. Enumerable.Range(1, 3).Select(n => new Usart($"USART{n}", Die, UsartVersion.L4, () => _rcc.Uart(n), 36 + n))];
        Assemble(_rcc, MemoryMapL4.Blocks, Dbgmcu.L4(part.Idcode), 0xE004_2000, [_pwr, _syscfg, .. "ABCDEFGH".Select(port => new Gpio(port, Die, GpioResets.L4(port), Functions)), .. usarts]);
    }

    public override FlashL4 Flash => _flash;
    public RccL4 Rcc => _rcc;

    protected override PeripheralPath[] Paths => PeripheralPath.F4;

    public override void Reset(ResetCause cause)
    {
        if (cause is ResetCause.PowerOn or ResetCause.OptionBytes) _flash.LoadOptions();
        base.Reset(cause);
    }

    /// <summary>RM0351 2.6: BOOT0 high and nBOOT1 = 1, as the factory has it, choose the system memory. Booting from bank 2 (BFB2) is the boot loader's, which is not here.</summary>
    protected override void Boot()
    {
        _syscfg.Boot(BootPin ? 1u : 0);
        MapAtZero(BootPin ? _system : Array);
    }

    private void Remap(uint mode) => MapAtZero(mode switch
    {
        0 => Array,
        1 => _system,
        3 => _sram1,
        _ => throw new BenchStop($"SYSCFG.MEMRMP: MEM_MODE = {mode}: nothing is at the external memory controllers"),
    });

    /// <summary>RM0351 3.5.1: SRAM2 goes with the main flash.</summary>
    protected override bool IsClosedBeside(uint address) => address - Sram2 < Sram2Size;

    protected override void CheckClocks()
    {
        const ulong Mega = 1_000_000;
        if (_pwr.Range is not (1 or 2)) throw new BenchStop($"PWR.CR1: VOS = {_pwr.Range} is reserved");
        bool high = _pwr.Range == 1;
        if (!high && _rcc.Hclk > 26 * Mega) throw new BenchStop($"HCLK is {_rcc.Hclk} Hz: in range 2 it must not pass 26 MHz (RM0351 5.1.7)");
        // RM0351 table "Number of wait states according to CPU clock frequency".
        ReadOnlySpan<ulong> limits = high ? [16, 32, 48, 64, 80] : [6, 12, 18, 26, 26];
        uint needed = 0;
        while (needed < 4 && _rcc.Hclk > limits[(int)needed] * Mega) needed++;
        if (_flash.Latency < needed) throw new BenchStop($"FLASH.ACR: LATENCY = {_flash.Latency}, HCLK at {_rcc.Hclk} Hz needs {needed} wait states in range {_pwr.Range} (RM0351 3.3.3)");
    }
}
