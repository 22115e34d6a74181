using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Cpu;

/// <summary>Everything on the private peripheral bus, 0xE0000000 to 0xE00FFFFF, and how its parts act on the core.</summary>
public sealed unsafe partial class Core
{
    private const uint PrivateBus = 0xE000_0000, ScsPage = 0x0E, TpiuPage = 0x40, EtmPage = 0x41, CtiPage = 0x42;

    private readonly Dictionary<uint, CoreSightBlock> _blocks = [];

    /// <summary>The part's choices: interrupts, priority bits, MPU regions, caches, identification.</summary>
    public CoreFeatures Features { get; }

    public Nvic Nvic { get; private set; } = null!;
    public SysTick SysTick { get; private set; } = null!;
    public SystemControlBlock Scb { get; private set; } = null!;
    public Mpu Mpu { get; private set; } = null!;
    public FpuControl Fpu { get; private set; } = null!;
    public CacheControl Caches { get; private set; } = null!;
    public DebugControl Debug { get; private set; } = null!;
    public Dwt Dwt { get; private set; } = null!;
    public Fpb Fpb { get; private set; } = null!;
    public Itm? Itm { get; private set; }

    public Tpiu? Tpiu { get; private set; }

    /// <summary>The blocks by page number of the private peripheral bus (address bits 19:12), for register checks.</summary>
    public IReadOnlyDictionary<uint, CoreSightBlock> PrivateBlocks => _blocks;

    /// <summary>VTOR after reset: the part's boot address (STM32F7 and H7: BOOT_ADD option bytes; others 0, where memory is aliased).</summary>
    public uint BootVectorTable { get; set; }

    /// <summary>AIRCR.SYSRESETREQ was written: the reset controller is to reset the system.</summary>
    public event Action? SystemResetRequested;

    partial void InitializeSystem()
    {
        Nvic = new(Features.InterruptLines, Features.PriorityBits)
        {
            Changed = OnExceptionsChanged,
            Pended = OnPended,
        };
        Scb = new(Features, Nvic, () => (int)Ipsr)
        {
            ResetRequested = () => SystemResetRequested?.Invoke(),
            ConfigurationChanged = OnConfigurationChanged,
            LocalReset = TryLocalReset,
        };
        SysTick = new(Time, () => Nvic.Pend(ExceptionNumber.SysTick));
        Mpu = new(Features.MpuRegions) { Changed = OnProtectionChanged };
        Fpu = new(Features) { AccessChanged = () => _floatReady = false };
        Caches = new(Features, () => InvalidateCode());
        Debug = new(this, Nvic) { HaltingEnabledChanged = () => InvalidateCode() };
        Dwt = new(Features, Time, () => Debug.TraceEnabled, () => InstructionAddress) { ComparatorsChanged = OnComparatorsChanged };
        Debug.TraceEnabledChanged = () => { Dwt.TraceEnableChanges(!Debug.TraceEnabled); OnComparatorsChanged(); };
        Fpb = new(Features) { Changed = () => InvalidateCode() };

        var scs = new SystemControlSpace(Features,
            [.. NvicRegisters.Of(Nvic, IsV6M), .. SysTick.Registers(), .. Scb.Registers(), .. Mpu.Registers(), .. Fpu.Registers(), .. Caches.Registers(), .. Debug.Registers(),
                .. Features.StartsSecure ? (Chips.Register[])[new() { Name = "DSCSR", Offset = 0xE08, Reset = 1 << 16, WriteMask = 0, OnWrite = (_, _) => { } }] : []]);
        (_blocks[1], _blocks[2], _blocks[ScsPage]) = (Dwt, Fpb, scs);
        if (!IsV6M) _blocks[0] = Itm = new(Features, Time, () => Debug.TraceEnabled);
        if (Itm is { } itm) (Dwt.Packet, Dwt.SyncTapped, Dwt.Asleep) = (itm.FromDwt, itm.SynchronizationTap, () => Sleeping);
        if (Features.HasTpiu && Itm is not null) _blocks[TpiuPage] = Itm.Sink = Tpiu = new(IsM7 ? (ushort)0x9A9 : HasFpu ? (ushort)0x9A1 : (ushort)0x923, Time, Itm);
        if (Features.HasEtm) _blocks[EtmPage] = new Etm(HasFpu ? (ushort)0x925 : (ushort)0x924);
        if (Features.HasCti) _blocks[CtiPage] = new Cti();
        foreach (var (address, table) in RomTable.Of(Features)) _blocks[address >> 12 & 0xFF] = table;
        OnConfigurationChanged();
    }

    /// <summary>Power-on reset of the debug logic, which a system reset leaves alone (DDI0403 C1.2): DEMCR, DWT, FPB, ITM and their locks. Before <see cref="Reset"/>.</summary>
    public void ResetDebug()
    {
        Debug.ResetDebug();
        Scb.Dfsr = 0;
        foreach (var block in _blocks.Values) block.Reset();
    }

    partial void ResetSystem()
    {
        LockedUp = false;
        foreach (var (page, block) in _blocks)
            if (page == ScsPage) block.Reset();     // DWT, FPB and ITM keep their state over a system reset (DDI0403 C1.2)
        Nvic.Reset();
        Scb.Reset();
        SysTick.Reset();
        Mpu.Reset();
        Fpu.Reset();
        Caches.Reset();
        Debug.Reset();
        (Debug.InReset, _catchCauses) = (false, 0);
        (SysTick.Paused, Dwt.Paused) = (false, false);
        WatchSteps();
        RefreshRights();
        Scb.Vtor = BootVectorTable;
        if (!Bus.TryRead(Scb.Vtor, 4, out uint stack) || !Bus.TryRead(Scb.Vtor + 4, 4, out uint entry))
            throw new BenchStop($"{Kind}: no memory at the boot vector table 0x{Scb.Vtor:X8}");
        Msp = stack;
        Pc = entry & ~1u;
        ThumbState = (entry & 1) != 0;
        if (Debug.CatchesReset) EnterDebugState(DebugControl.VectorCatchEvent);
    }

    /// <summary>AIRCR.VECTRESET, which only a debugger may write, and only in Debug state (DDI0403 B3.2.6): the core alone is reset.</summary>
    private bool TryLocalReset()
    {
        if (!Debug.ByDebugger || !InDebugState || IsM7) return false;
        Reset();
        return true;
    }

    partial void ReadPrivate(uint address, int width, ref uint value)
    {
        CheckPrivate(address, width, write: false);
        uint page = address >> 12 & 0xFF;
        value = _blocks.TryGetValue(page, out var block) ? block.Read(address & 0xFFF, width) : ReadExternal(address, width);
    }

    partial void WritePrivate(uint address, uint value, int width)
    {
        CheckPrivate(address, width, write: true);
        uint page = address >> 12 & 0xFF;
        if (_blocks.TryGetValue(page, out var block)) block.WriteBySoftware(address & 0xFFF, value, width);
        else if (!Bus.TryWrite(address, value, width)) throw Unmodelled(address);
    }

    /// <summary>What the part itself puts on this bus, e.g. DBGMCU at 0xE0042000 of the STM32F7.</summary>
    private uint ReadExternal(uint address, int width) => Bus.TryRead(address, width, out uint value) ? value : throw Unmodelled(address);

    private BenchStop Unmodelled(uint address) => new($"private peripheral bus: 0x{address:X8} is not modelled on {Kind}");

    /// <summary>Unaligned accesses and unprivileged ones fault, but for the stimulus ports and, with CCR.USERSETMPEND, STIR (DDI0403 B3.1.1).</summary>
    private void CheckPrivate(uint address, int width, bool write)
    {
        if ((address & (uint)(width - 1)) != 0) throw new CoreFault(FaultKind.Unaligned, address);
        if (Privileged) return;
        if (Itm is not null && address < PrivateBus + 0x1000 && (!write || Itm.UserMayWrite(address & 0xFFF))) return;
        if (address == 0xE000_EF00 && Scb.UserSetsPending) return;
        throw new CoreFault(FaultKind.PreciseBus, address);
    }

    private void OnExceptionsChanged()
    {
        SetAttention(Attention.Exception, true);
        if (LockedUp && Nvic.IsPending(ExceptionNumber.Nmi) && !Nvic.IsActive(ExceptionNumber.Nmi)) Halted = false;    // NMI may end a lockup at HardFault's priority
    }

    private void OnConfigurationChanged()
    {
        if (Scb is null) return;        // during construction
        TrapsUnaligned = IsV6M || Scb.UnalignedTrap;
        TrapsDivideByZero = Scb.DivideByZeroTrap;
    }

    private void OnProtectionChanged()
    {
        if (Mpu is null) return;        // during construction
        _rights = (MpuActive, Privileged);
        FlushAccess();
    }

    private void OnComparatorsChanged()
    {
        FlushAccess();
        InvalidateCode();
    }
}
