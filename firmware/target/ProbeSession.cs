using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Atmel;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;
using SharpProbe.Target.Kinetis;
using SharpProbe.Target.Nordic;
using SharpProbe.Target.Nxp;
using SharpProbe.Target.Rp;
using SharpProbe.Target.Silabs;
using SharpProbe.Target.Stm32;

namespace SharpProbe.Target;

/// <summary>The probe's targets: what a scan finds behind the debug ports. All objects are made here, once.</summary>
public sealed class ProbeSession : TargetSession
{
    /// <summary>Cores, and doors of chips, that a scan keeps.</summary>
    private const int MaxCores = 6, MaxDoors = 2;

    /// <summary>ms that nRESET is low before a scan, and that it may take to rise.</summary>
    private const uint ResetPulse = 10, ResetRise = 500;

    private readonly CortexM[] _cores = new CortexM[MaxCores];
    private readonly DoorTarget[] _doors = new DoorTarget[MaxDoors];
    private readonly DebugTarget[] _targets = new DebugTarget[MaxCores + MaxDoors];
    private readonly PartFamily[] _families;
    private readonly uint[] _heapInfo = new uint[4];
    private readonly byte[] _commandLine = new byte[256];
    private int _commandLineLength;
    private int _count, _coreCount, _doorCount;
    private int _current = -1;
    private uint _targetSel;

    public ProbeSession(DebugAccess access, Clock clock, Background background)
    {
        FaultPlaces.Prepare();
        Access = access;
        Clock = clock;
        Background = background;
        _families =
        [
            new Stm32F1Family(this),
            new Stm32F4Family(this),
            new Stm32L4Family(this),
            new NordicFamily(this),
            new RpFamily(this),
            new Stm32H7Family(this),
            new Stm32H5Family(this),
            new Stm32L0Family(this),
            new SamFamily(this),
            new Efm32Family(this),
            new KinetisFamily(this),
            new LpcFamily(this),
            new SamEefcFamily(this),            // last: nothing but an address in others' peripherals tells its parts
        ];
        var flash = new FlashQueue(clock, background);
        Crc = new TargetCrc(clock, background);
        var state = new AttachedState();
        for (int i = 0; i < _cores.Length; i++) _cores[i] = new CortexM(this, flash, state);
        for (int i = 0; i < _doors.Length; i++) _doors[i] = new DoorTarget();
    }

    public override DebugAccess Access { get; }

    internal Clock Clock { get; }

    internal Background Background { get; }

    internal ReadOnlySpan<PartFamily> Families => _families;

    internal TargetCrc Crc { get; }

    public override int Count => _count;

    public override DebugTarget this[int index] => _targets[index];

    public override DebugTarget? Current => _current >= 0 && _targets[_current].Attached ? _targets[_current] : null;

    public override bool ConnectUnderReset { get; set; }

    public override uint HaltTimeout { get; set; } = 2000;

    public override Span<uint> HeapInfo => _heapInfo;

    public override ReadOnlySpan<byte> CommandLine => _commandLine.AsSpan()[.._commandLineLength];

    public override void SetCommandLine(ReadOnlySpan<byte> text)
    {
        _commandLineLength = Math.Min(text.Length, _commandLine.Length);
        text[.._commandLineLength].CopyTo(_commandLine);
    }

    public override DebugFault Scan(uint targetSel)
    {
        Detach();
        _count = _coreCount = _doorCount = 0;
        _targetSel = targetSel;
        DebugFault fault = ConnectUnderReset ? ScanUnderReset(targetSel) : Access.Scan(targetSel);
        if (fault.Failed) return fault;
        for (int i = 0; i < Access.PortCount && _coreCount < _cores.Length; i++)
        {
            CortexM core = _cores[_coreCount];
            if (!MayHaveCore(Access.Port(i))) continue;
            if (!core.TryIdentify(Access.Port(i)))
            {
                FindClosed(Access.Port(i));
                continue;
            }
            _coreCount++;
            _targets[_count++] = core;
        }
        for (int i = 0; i < Access.ControlPortCount && _doorCount < _doors.Length; i++) FindDoor(Access.ControlPort(i));
        return _count == 0 ? FaultKind.NoAccessPort : DebugFault.None;
    }

    private void FindClosed(AccessPort port)
    {
        if (_doorCount == _doors.Length) return;
        DoorTarget door = _doors[_doorCount];
        door.Name.Clear();
        foreach (PartFamily family in _families)
        {
            if (!family.IsClosed(port, door.Name)) continue;
            (door.Family, door.Memory) = (family, port);
            _doorCount++;
            _targets[_count++] = door;
            return;
        }
    }

    private void FindDoor(ControlPort port)
    {
        DoorTarget door = _doors[_doorCount];
        door.Name.Clear();
        foreach (PartFamily family in _families)
        {
            if (!family.IsDoor(port, door.Name, out bool needed)) continue;
            (door.Family, door.Port, door.Memory) = (family, port, null);
            _doorCount++;
            if (needed) _targets[_count++] = door;
            return;
        }
    }

    public override DebugFault Recover(int index)
    {
        DoorTarget? door = index < 0 ? _doorCount != 0 ? _doors[0] : null : index < _count ? _targets[index] as DoorTarget : null;
        if (door?.Family is not { } family) return FaultKind.Unsupported;
        Detach();
        DebugFault fault = Access.Acquire();
        // An nRF5340's network core before its application core.
        for (int i = _doorCount; --i >= 0 && fault.Ok;)
            if (index < 0 || _doors[i] == door) fault = _doors[i].Recover();
        if (fault.Ok) fault = Scan(_targetSel);
        for (int i = 0; i < _coreCount && fault.Ok; i++)
            if (_cores[i].Family == family) fault = family.OnRecovered(_cores[i]);
        return fault;
    }

    public override DebugFault Attach(int index)
    {
        if ((uint)index >= (uint)_count) return FaultKind.BadArgument;
        if (_current != index) Detach();
        DebugFault fault = Access.Acquire();
        if (fault.Ok) fault = _targets[index].Attach();
        _current = fault.Ok ? index : -1;
        return fault;
    }

    public override DebugFault Detach()
    {
        if (_current < 0) return DebugFault.None;
        DebugFault fault = _targets[_current].Detach();
        _current = -1;
        Access.Release();
        return fault;
    }

    /// <summary>ms in which the rest of the probe goes on.</summary>
    internal void Wait(uint milliseconds)
    {
        uint start = Clock.Milliseconds;
        while (Clock.Milliseconds - start < milliseconds) Background.Run();
    }

    /// <summary>Somebody else may hold nRESET, and a capacitor takes its time.</summary>
    internal DebugFault WaitResetReleased(uint limit)
    {
        uint start = Clock.Milliseconds;
        while (Access.InReset)
        {
            if (Clock.Milliseconds - start > limit) return FaultKind.HeldInReset;
            Background.Run();
        }
        return DebugFault.None;
    }

    /// <summary>
    /// Cores are caught at their first instruction, so that code which sleeps, crashes or takes the pins away never runs. ROM tables are read after that: some parts do not
    /// answer while nRESET is low. Parts whose debug port is dead meanwhile are scanned as soon as it comes back.
    /// </summary>
    private DebugFault ScanUnderReset(uint targetSel)
    {
        Access.HoldReset = true;
        Wait(ResetPulse);
        DebugFault fault = Access.Scan(targetSel);
        if (fault.Ok) CatchAll();
        Access.HoldReset = false;
        DebugFault held = WaitResetReleased(ResetRise);
        if (held.Failed) return held;
        fault = Access.Scan(targetSel);
        if (fault.Ok) CatchAll();
        return fault;
    }

    private void CatchAll()
    {
        for (int i = 0; i < Access.PortCount && i < _cores.Length; i++)
            if (MayHaveCore(Access.Port(i))) _cores[i].CatchReset(Access.Port(i));
    }

    /// <summary>IDR.TYPE: a Cortex-M hangs on an AHB (1: AHB3, 5: AHB5, 8: AHB5 with enhanced HPROT); never on an APB (2, 6) (IHI 0031, "IDR").</summary>
    private static bool MayHaveCore(AccessPort port) => (port.Idr & 15) is not (0 or 2 or 6);
}
