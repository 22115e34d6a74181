using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Targets;

/// <summary>An STM32 as a target, assembled: what the families after the F1 have in common. Blocks without clock read zero, as a debugger may look anywhere.</summary>
public abstract class StChip : Chip
{
    private readonly List<Peripheral> _placed = [];
    private Dbgmcu? _dbgmcu;
    private Iwdg? _watchdog;
    private StClocks _clocks = null!;
    private bool _resetting;
    private MemoryRegion? _atZero;

    /// <param name="bankKilobytes">Of a first bank that is a memory of its own; null: all of the flash is one.</param>
    protected StChip(string dieName, CoreKind kind, StPart part, TimeBase time, Nets nets, uint? bankKilobytes = null) : base(dieName, kind, part.Core, time, nets)
    {
        Part = part;
        Array = new("flash", FlashStart, (bankKilobytes ?? part.FlashKilobytes) * 1024, MemoryTiming.Flash);
        Bus.Map(Array);
    }

    public StPart Part { get; }

    /// <summary>The main flash.</summary>
    public MemoryRegion Array { get; }

    public abstract TargetFlash Flash { get; }

    /// <summary>The modelled blocks, for register checks.</summary>
    public IReadOnlyList<Peripheral> Placed => _placed;

    /// <summary>
    /// What is behind the debug port. DDI0439 and the debuggers that know the core: the M3's and M4's AHB-AP increments and wraps within 4 KB; the M0+'s within 1 KB, without packed
    /// transfers (DDI0484).
    /// </summary>
    public virtual ApBlock?[] AccessPorts(IDebugBus bus) =>
        [Part.Core.IsV6M ? new MemAp(bus, Part.ApIdr, Part.RomBase) { HasPacked = false } : new MemAp(bus, Part.ApIdr, Part.RomBase) { IncrementBits = 12 }];

    /// <summary>Memories other than the main flash that read protection closes to a debugger.</summary>
    protected virtual bool IsClosedBeside(uint address) => false;

    /// <summary>Memory that no debugger ever sees.</summary>
    public virtual bool IsSecret(uint address) => false;

    /// <summary>True for what read protection closes to a debugger: the main flash, at its own place or at 0, and what goes with it.</summary>
    public bool IsClosable(uint address) => address - FlashStart < Array.Size || _atZero == Array && address < Array.Size || IsClosedBeside(address);

    public override void StartAt(uint address) => throw new BenchStop($"{Part.Name} has no option bytes for its boot address");

    public override void Reset(ResetCause cause)
    {
        _resetting = true;
        foreach (var block in _placed)
            if (block != _clocks) block.Reset();
        _clocks.Reset(cause);
        if (cause == ResetCause.PowerOn)
        {
            Core.ResetDebug();
            _dbgmcu?.ResetDebug();
        }
        _resetting = false;
        ClocksChanged();
        if (Flash.HardwareWatchdog) _watchdog!.Start();
        Boot();
        Core.Reset();
    }

    /// <summary>Puts what the boot pins choose at address 0.</summary>
    protected abstract void Boot();

    /// <summary>The limits that the present clocks demand of regulator and flash; a part outside of them computes wrongly, the target stops.</summary>
    protected abstract void CheckClocks();

    protected abstract PeripheralPath[] Paths { get; }

    /// <summary>Assembles the blocks. Call it once, at the end of the constructor.</summary>
    protected void Assemble(StClocks clocks, MemoryMap map, Dbgmcu dbgmcu, uint dbgmcuAddress, IReadOnlyList<Peripheral> blocks)
    {
        _clocks = clocks;
        _dbgmcu = dbgmcu;
        if (blocks.OfType<Gpio>().FirstOrDefault(port => port.Name == "GPIOB") is { } portB) dbgmcu.Changed += () => RouteTrace(portB);
        Add(dbgmcu, dbgmcuAddress);
        _watchdog = new("IWDG", Die, () => clocks.LsiHertz);
        _watchdog.Expired += reason => RequestReset(ResetCause.IndependentWatchdog, reason);
        foreach (var block in (Peripheral[])[clocks, Flash, _watchdog, .. blocks]) Place(block, map);
        map.MapRest(Bus);
        clocks.Changed += ClocksChanged;
        Flash.Changed += ClocksChanged;
    }

    /// <summary>DBGMCU_CR.TRACE_IOEN gives PB3 to the trace port.</summary>
    private void RouteTrace(Gpio portB)
    {
        const uint traceIoEn = 1 << 5, traceMode = 3 << 6;
        bool on = (_dbgmcu!.Control & traceIoEn) != 0;
        if (on && (_dbgmcu.Control & traceMode) != 0) throw new BenchStop($"DBGMCU_CR = 0x{_dbgmcu.Control:X}: the parallel trace port is not modelled");
        portB.Lend(3, on ? Core.Tpiu?.Output : null);
    }

    /// <summary>What is at address 0.</summary>
    protected void MapAtZero(MemoryRegion region)
    {
        if (_atZero == region) return;
        if (_atZero is not null) Bus.Unmap(0);
        _atZero = region;
        Bus.Alias(0, region);
    }

    /// <summary>There is no boot loader here: whoever boots it stays in a loop at its beginning.</summary>
    protected static void FillBootLoader(MemoryRegion system)
    {
        ReadOnlySpan<byte> loop = [0x00, 0x04, 0x00, 0x20, 0x09, 0x00, 0xFF, 0x1F, 0xFE, 0xE7];
        loop.CopyTo(system.Span);
    }

    protected void ClocksChanged()
    {
        if (_resetting || _clocks.Hclk == 0) return;
        if (_clocks.Hclk > Part.MaxMegahertz * 1_000_000ul) throw new BenchStop($"HCLK is {_clocks.Hclk} Hz: {Part.Name} must not pass {Part.MaxMegahertz} MHz");
        CheckClocks();
        if (_clocks.Hclk != Time.Hertz) Time.SetFrequency(_clocks.Hclk);
        (Core.BusTiming.FlashWaitStates, Core.BusTiming.FlashPrefetch) = (Flash.Latency, Flash.HidesWaitStates);
        Core.BusTiming.Set(Paths, 1, (uint)(_clocks.Hclk / _clocks.Pclk1), (uint)(_clocks.Hclk / _clocks.Pclk2));
    }

    /// <summary>The RCC's bit for a block; null: it has none.</summary>
    protected virtual string? GateOf(Peripheral block) => block.Name;

    private void Place(Peripheral block, MemoryMap map)
    {
        _placed.Add(block);
        string? gate = block is StClocks or Iwdg or TargetFlash ? null : GateOf(block);
        if (gate is not null)
        {
            _clocks.Gates.Attach(block, gate);
            block.ClockEnabled = null;      // what it does without clock is BlockOnBus's business
        }
        map.Map(Bus, new BlockOnBus(block, () => gate is null || _clocks.Gates.Enabled(gate)));
    }
}
