using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Cortex;

/// <summary>A Cortex-M core behind one access port, with what is known of its chip. Objects are made at start-up and filled by scans.</summary>
public sealed partial class CortexM : DebugTarget
{
    /// <summary>ms: who detaches does not wait long for a core that sleeps.</summary>
    private const uint DetachTimeout = 100;

    private readonly ProbeSession _session;
    private readonly FlashQueue _flash;
    private readonly CoreControl _control = new();
    private readonly CoreRegisters _registers;
    private readonly BreakpointUnit _breakpoints;
    private readonly RamBreakpoints _ramBreakpoints;
    private readonly WatchUnit _watch;
    private readonly CoreCaches _caches;
    private readonly FaultFrame _faultFrame;
    private CoreKind _kind;
    private bool _attached;

    internal CortexM(ProbeSession session, FlashQueue flash, AttachedState state)
    {
        _session = session;
        _flash = flash;
        _kept = state.Kept;
        _registers = new CoreRegisters(_control, session.Clock, state);
        _caches = new CoreCaches(_control);
        _breakpoints = new BreakpointUnit(_control, state.Breakpoints);
        _ramBreakpoints = new RamBreakpoints(_control, _caches, state.RamBreakpoints);
        _watch = new WatchUnit(_control, state.Watches);
        _faultFrame = new FaultFrame(_control, _registers, _caches);
    }

    // What the chip's driver works with.

    public AccessPort Bus => _control.Bus;

    public uint Cpuid { get; private set; }

    /// <summary>CPUID.PARTNO.</summary>
    public uint CpuPart => Cpuid >> 4 & 0xFFF;

    /// <summary>v6-M or v8-M Baseline: M0, M0+, M23.</summary>
    public bool IsBaseline => !_kind.IsMainline;

    public MemoryMap Map { get; } = new();

    public PartName Name { get; } = new();

    /// <summary>Null: the chip is not known, or its registers could not be read yet.</summary>
    public PartFamily? Family { get; private set; }

    /// <summary>Row of the family's table.</summary>
    public int PartRow { get; set; }

    /// <summary>The user has allowed flash contents that close the part to debuggers; until he detaches.</summary>
    public bool Unsafe { get; set; }

    /// <summary>What the family had to change while attached, and puts back.</summary>
    public uint PartState { get; set; }

    /// <summary>A word of the family's choice beside <see cref="PartRow"/>, from identification on.</summary>
    public uint PartData { get; set; }

    public override ReadOnlySpan<byte> Driver => Name.Text;

    public override ReadOnlySpan<byte> Core => _kind.Name;

    public override bool Attached => _attached;

    /// <summary>Looks whether a Cortex-M answers behind the port, and which chip it is. Does not halt it.</summary>
    internal bool TryIdentify(AccessPort port)
    {
        _control.Bus = port;
        _attached = false;
        if (!ReadCpuid()) return false;
        _registers.HasBasepri = _kind.IsMainline;
        _registers.HasFpu = false;
        _catches = VectorCatch.Default;
        IdentifyPart();
        return true;
    }

    /// <summary>A core that sleeps may hide its bus: it is halted as soon as it lets us, and runs on.</summary>
    private bool ReadCpuid()
    {
        DebugFault fault = Bus.Read32(Scs.CPUID, out uint cpuid);
        if (fault.Failed && fault.Kind != FaultKind.BusError)
        {
            fault = HaltNow(_session.HaltTimeout);
            if (fault.Ok) fault = Bus.Read32(Scs.CPUID, out cpuid);
            _control.Write(0);
        }
        Cpuid = cpuid;
        return fault.Ok && CoreKind.TryFind(cpuid, out _kind);
    }

    private void IdentifyPart()
    {
        Map.Clear();
        Name.Clear();
        Family = null;
        foreach (PartFamily family in _session.Families)
        {
            if (!family.Identify(this)) continue;
            Family = family;
            return;
        }
        Map.Clear();
        Name.Clear();
        Name.Add("unknown part "u8);
        Name.AddHex(Bus.Part, 3);
        Name.Add(", designer "u8);
        Name.AddHex(Bus.Designer, 3);
    }

    public override DebugFault Attach()
    {
        if (_attached) return DebugFault.None;
        _ramBreakpoints.Forget();
        Unsafe = false;
        DebugFault fault = _session.ConnectUnderReset ? ResetAndHalt() : HaltNow(_session.HaltTimeout);
        if (fault.Ok) fault = Bus.Write32(Scs.DEMCR, Demcr.TRCENA | _catches);
        if (fault.Ok) fault = Bus.Write32(Scs.DFSR, Dfsr.All);
        if (fault.Ok) fault = DetectFpu();
        if (fault.Ok) fault = _breakpoints.Take();
        if (fault.Ok) fault = _watch.Take(_kind.IsV8);
        if (fault.Ok) fault = _caches.Take(_kind.IsMainline);
        if (fault.Failed) return fault;
        if (Family == null) IdentifyPart();
        fault = Family == null ? DebugFault.None : Family.OnAttach(this);
        if (fault.Failed) return fault;
        _registers.Invalidate();
        _control.ResetSeen = false;
        _attached = true;
        Stopped(new StopInfo(StopReason.Request));
        return fault;
    }

    public override DebugFault Detach()
    {
        if (!_attached) return DebugFault.None;
        DebugFault result = _flash.Finish();
        if (!_halted) Keep(ref result, HaltNow(DetachTimeout));     // points in memory are restored while nothing runs over them
        if (IsLost(result))
        {
            Forget();
            return result;
        }
        Keep(ref result, PassBreakpointInstruction());
        Keep(ref result, _ramBreakpoints.Release());
        Keep(ref result, _breakpoints.Release());
        Keep(ref result, _watch.Release());
        if (Family != null) Keep(ref result, Family.OnDetach(this));
        Keep(ref result, _caches.InvalidateInstructions());
        Keep(ref result, Bus.Write32(Scs.DEMCR, 0));
        Keep(ref result, _control.Write(Dhcsr.C_HALT));     // C_MASKINTS may change only while halted (DDI 0403E, C1.6.2)
        Keep(ref result, Bus.Write32(Scs.DHCSR, Dhcsr.DBGKEY));
        Keep(ref result, Bus.Flush());
        _attached = false;
        _halted = false;
        _registers.Invalidate();
        return result;
    }

    /// <summary>The wire has lost the target: nothing more is written to it.</summary>
    internal void Forget()
    {
        _attached = false;
        _halted = false;
        _registers.Invalidate();
        _ramBreakpoints.Forget();
        _flash.Abandon();
    }

    /// <summary>CPACR keeps the bits of CP10 and CP11 only where there is an FPU (DDI 0403E, B3.2.20).</summary>
    private DebugFault DetectFpu()
    {
        const uint FullAccess = 0xF << 20;
        _registers.HasFpu = false;
        if (!_kind.IsMainline) return DebugFault.None;
        DebugFault fault = Bus.Read32(Scs.CPACR, out uint before);
        if (fault.Ok) fault = Bus.Write32(Scs.CPACR, before | FullAccess);
        uint now = 0;
        if (fault.Ok) fault = Bus.Read32(Scs.CPACR, out now);
        if (fault.Ok) fault = Bus.Write32(Scs.CPACR, before);
        _registers.HasFpu = fault.Ok && (now & FullAccess) == FullAccess;
        return fault;
    }

    private static void Keep(ref DebugFault first, DebugFault next)
    {
        if (first.Ok) first = next;
    }

    // Memory

    public override DebugFault ReadMemory(uint address, Span<byte> data)
    {
        DebugFault fault = Settle();
        if (fault.Ok) fault = _caches.Clean(address, data.Length);
        if (fault.Ok) fault = Bus.Read(address, data);
        if (fault.Ok) _ramBreakpoints.Hide(address, data);
        return fault;
    }

    public override DebugFault WriteMemory(uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = Settle();
        if (fault.Ok) fault = _caches.CleanAndInvalidate(address, data.Length);
        if (fault.Ok) fault = Bus.Write(address, data);
        if (fault.Ok) fault = _ramBreakpoints.Overlay(address, data);
        return fault;
    }

    /// <summary>Only between a reset and the first instruction: no watchdog runs yet, and no timer goes on while the program stands.</summary>
    public override uint AddCrc(uint address, uint length, Span<byte> work, ref uint crc)
    {
        if (!_atReset || !_halted || length < TargetCrc.Least || (address & 3) != 0 || Settle().Failed) return 0;
        bool possible = Map.TryFindRam(TargetCrc.Room, out MemoryRegion ram) && Map.TryFindFlash(address, out MemoryRegion flash) && flash.End - address >= length;
        return possible ? _session.Crc.Run(this, ram.Start, work, address, length & ~3u, ref crc) : 0;
    }

    public override ReadOnlySpan<MemoryRegion> Memories => Map.Regions;

    public override void WriteMemoryMap(ref WindowWriter xml) => Map.Write(ref xml);

    // Registers

    public override int RegisterCount => _registers.Count;

    public override int RegisterSize(int number) => _registers.Size(number);

    public override DebugFault ReadRegister(int number, Span<byte> value)
    {
        DebugFault fault = _halted ? Settle() : FaultKind.NotHalted;
        return fault.Ok ? _registers.Read(number, value) : fault;
    }

    public override DebugFault WriteRegister(int number, ReadOnlySpan<byte> value)
    {
        DebugFault fault = _halted ? Settle() : FaultKind.NotHalted;
        return fault.Ok ? _registers.Write(number, value) : fault;
    }

    public override void WriteDescription(ref WindowWriter xml) => RegisterDescription.Write(ref xml, _registers);

    // Points

    public override PointResult Insert(PointKind kind, uint address, uint length)
    {
        if (Settle().Failed) return PointResult.Failed;
        if (kind is PointKind.Write or PointKind.Read or PointKind.Access) return _watch.Insert(kind, address, length);
        if (kind == PointKind.Software && !Map.TryFindFlash(address, out _))
        {
            PointResult result = _ramBreakpoints.Insert(address);
            if (result != PointResult.Unsupported) return result;
        }
        PointResult hardware = _breakpoints.Insert(kind, address);
        // The comparators of FPB version 1 do not reach RAM; an instruction does the same there.
        if (hardware == PointResult.NoneFree && kind == PointKind.Hardware && !_breakpoints.Reaches(address)) hardware = _ramBreakpoints.Insert(address);
        return hardware;
    }

    public override PointResult Remove(PointKind kind, uint address, uint length)
    {
        if (kind is PointKind.Write or PointKind.Read or PointKind.Access) return _watch.Remove(kind, address, length);
        PointResult result = _breakpoints.Remove(kind, address);
        return result == PointResult.Done ? result : _ramBreakpoints.Remove(address);
    }

    // Flash

    public override DebugFault FlashErase(uint address, uint length) => _halted ? _flash.Erase(this, address, length) : FaultKind.NotHalted;

    public override DebugFault FlashWrite(uint address, ReadOnlySpan<byte> data) => _halted ? _flash.Write(this, address, data) : FaultKind.NotHalted;

    public override DebugFault FlashDone() => _flash.Finish();

    public override void Work() => _flash.Work();

    /// <summary>Whatever disturbs a running program asks first.</summary>
    internal DebugFault RequireHalt() => _halted ? DebugFault.None : FaultKind.NotHalted;

    /// <summary>Erases all that the part's flash controller reaches.</summary>
    internal DebugFault FlashEraseAll() => _halted ? _flash.EraseAll(this) : FaultKind.NotHalted;

    /// <summary>Queued flash work comes before whatever else touches the target.</summary>
    internal DebugFault Settle() => _flash.IsOpen ? _flash.Finish() : DebugFault.None;

    public override ReadOnlySpan<MonitorCommand> Commands => CortexCommands.Rows;

    public override ReadOnlySpan<MonitorCommand> PartCommands => Family == null ? default : Family.Commands;
}
