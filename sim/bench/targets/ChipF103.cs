using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>Medium-density STM32F103, assembled (RM0008, DS5319): 64 or 128 KB of flash, 20 KB of SRAM, an 8 MHz crystal. Its likenesses have core, memories, flash controller and ids of their own and the F103's other blocks, clocks within its limits.</summary>
public sealed class ChipF103 : Chip
{
    public const uint FlashBase = 0x0800_0000;
    private const uint SystemMemory = 0x1FFF_F000, OptionBytes = 0x1FFF_F800, Crystal = 8_000_000;
    private const uint CalibrationOfSysTick = 9000;

    // Enable bits by bus.
    private static readonly (string Bus, int Bit, string Block)[] Gates =
    [
        ("APB2", 0, "AFIO"), ("APB2", 2, "GPIOA"), ("APB2", 3, "GPIOB"), ("APB2", 4, "GPIOC"), ("APB2", 5, "GPIOD"), ("APB2", 6, "GPIOE"), ("APB2", 14, "USART1"),
        ("APB1", 0, "TIM2"), ("APB1", 1, "TIM3"), ("APB1", 2, "TIM4"), ("APB1", 17, "USART2"), ("APB1", 18, "USART3"),
    ];

    // The second bank of what has more.
    private const uint BankKilobytes = 512;

    private readonly MemoryRegion _array, _system;
    private readonly MemoryRegion? _second;
    private readonly List<Peripheral> _placed = [];
    private readonly Dbgmcu _dbgmcu;
    private readonly Iwdg _iwdg;
    private bool _resetting;
    private uint _bootAlias = uint.MaxValue;

    public ChipF103(TargetVariant variant, TimeBase time, Nets nets) : base("F103", variant.Core.CpuId == CoreFeatures.CortexM4.CpuId ? CoreKind.CortexM4 : CoreKind.CortexM3, variant.Core, time, nets)
    {
        AddRam("SRAM", 0x2000_0000, variant.RamKilobytes, MemoryTiming.Ahb);
        _array = new("flash", FlashBase, Math.Min(variant.FlashKilobytes, BankKilobytes) * 1024, MemoryTiming.Flash);
        Bus.Map(_array);
        _system = AddReadOnly("system memory", SystemMemory, 0x800);
        var options = new MemoryRegion("option bytes", OptionBytes, 16, MemoryTiming.Flash);
        Bus.Map(options);
        // There is no boot loader here: whoever boots it stays in a loop at its beginning.
        ReadOnlySpan<byte> loop = [0x00, 0x02, 0x00, 0x20, 0x09, 0xF0, 0xFF, 0x1F, 0xFE, 0xE7];
        loop.CopyTo(_system.Span);
        Identity.Write(_system, 0x1FFF_F7E8, 0x1FFF_F7E0, variant.FlashKilobytes);

        var map = MemoryMapF1.Blocks;
        Rcc = new(Die, Crystal);
        if (variant.FlashKilobytes > BankKilobytes)
        {
            _second = new("second bank", FlashBase + BankKilobytes * 1024, (variant.FlashKilobytes - BankKilobytes) * 1024, MemoryTiming.Flash);
            Bus.Map(_second);
        }
        Flash = _second is null ? new(Die, _array, options, variant.Times, variant.Flash) : new(Die, _array, _second, options, variant.Times, variant.Flash);
        _dbgmcu = Add(Dbgmcu.F1(variant.Idcode, () => Flash.Work.ForDebugPort), 0xE004_2000);
        _iwdg = new("IWDG", Die, () => Rcc.LsiFrequency);
        _iwdg.Expired += reason => RequestReset(ResetCause.IndependentWatchdog, reason);
        var usarts = new UsartF1[] { new("USART1", Die, () => Rcc.Pclk2, 37), new("USART2", Die, () => Rcc.Pclk1, 38), new("USART3", Die, () => Rcc.Pclk1, 39) };
        var ports = "ABCDE".ToDictionary(port => port, port => new GpioF1(port, Die));
        Afio = new(Die, ports);
        Peripheral[] blocks = [Rcc, Flash, _iwdg, .. ports.Values, Afio, .. usarts, .. new[] { 2, 3, 4 }.Select(n => new Tim($"TIM{n}", Die, TimFeatures.F1, () => Rcc.TimerClock, 26 + n))];
        foreach (var block in blocks) Place(block, map);
        map.MapRest(Bus);
        Core.SysTick.Calibration = CalibrationOfSysTick;
        _dbgmcu.Changed += () => RouteTrace(ports['B']);
        Rcc.Changed += ClocksChanged;
        Flash.Changed += ClocksChanged;
    }

    public RccF1 Rcc { get; }
    public FlashF1 Flash { get; }
    public AfioF1 Afio { get; }

    /// <summary>DBGMCU_CR.</summary>
    public uint DebugControl => _dbgmcu.Control;

    public override void StartAt(uint address) => throw new BenchStop("an STM32F103 has no option bytes for its boot address");

    public override void Reset(ResetCause cause)
    {
        _resetting = true;
        foreach (var block in _placed)
            if (block != Rcc) block.Reset();
        Rcc.Reset(cause);
        if (cause == ResetCause.PowerOn)
        {
            Core.ResetDebug();
            _dbgmcu.ResetDebug();
        }
        _resetting = false;
        ClocksChanged();
        if (Flash.HardwareWatchdog) _iwdg.Start();
        Boot();
        Core.Reset();
    }

    /// <summary>True for an address of the main flash, at its own place or at 0.</summary>
    public bool IsMainFlash(uint address) => address - FlashBase < _array.Size + (_second?.Size ?? 0) || address < _array.Size;

    /// <summary>BOOT0 decides what is at address 0 (RM0008 3.4); BOOT1 is low.</summary>
    private void Boot()
    {
        var wanted = BootPin ? _system : _array;
        if (_bootAlias == wanted.Address) return;
        if (_bootAlias != uint.MaxValue) Bus.Unmap(0);
        _bootAlias = wanted.Address;
        Bus.Alias(0, wanted);
    }

    /// <summary>DBGMCU_CR.TRACE_IOEN with TRACE_MODE 00 puts TRACESWO on PB3 (RM0008 31.17.2); the parallel port's pins, of the other modes, are not modelled.</summary>
    private void RouteTrace(GpioF1 portB)
    {
        const uint traceIoEn = 1 << 5, traceMode = 3 << 6;
        bool on = (_dbgmcu.Control & traceIoEn) != 0;
        if (on && (_dbgmcu.Control & traceMode) != 0) throw new BenchStop($"DBGMCU_CR = 0x{_dbgmcu.Control:X}: the parallel trace port is not modelled");
        portB.Lend(3, on ? Core.Tpiu!.Output : null);
    }

    /// <summary>The modelled blocks, for register checks.</summary>
    public IReadOnlyList<Peripheral> Placed => _placed;

    private void Place(Peripheral block, MemoryMap map)
    {
        _placed.Add(block);
        var (bus, bit, name) = Gates.FirstOrDefault(g => g.Block == block.Name);
        if (name is not null) Rcc.Attach(bus, bit, block);
        Bus.Map(map.AddressOf(block.Name), 0x400, new BlockOnBus(block, () => name is null || Rcc.Enabled(bus, bit)));
    }

    private void ClocksChanged()
    {
        if (_resetting) return;
        const ulong Mega = 1_000_000;
        if (Rcc.Hclk > 72 * Mega) throw new BenchStop($"HCLK is {Rcc.Hclk} Hz: it must not pass 72 MHz (DS5319)");
        uint needed = Rcc.Hclk <= 24 * Mega ? 0u : Rcc.Hclk <= 48 * Mega ? 1u : 2;
        if (Flash.Latency < needed) throw new BenchStop($"FLASH.ACR: LATENCY = {Flash.Latency}, SYSCLK at {Rcc.Hclk} Hz needs {needed} wait states (PM0075 3.1)");
        if (Rcc.Hclk == 0) return;
        if (Rcc.Hclk != Time.Hertz) Time.SetFrequency(Rcc.Hclk);
        (Core.BusTiming.FlashWaitStates, Core.BusTiming.FlashPrefetch) = (Flash.Latency, Flash.HidesWaitStates);
        Core.BusTiming.Set(PeripheralPath.F1, 1, (uint)(Rcc.Hclk / Rcc.Pclk1), (uint)(Rcc.Hclk / Rcc.Pclk2));
    }
}
