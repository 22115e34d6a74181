using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Flash;

/// <summary>
/// Runs functions in the target, one at a time: those of its boot ROM, or a few words of ours placed in its RAM. Between <see cref="Begin"/> and <see cref="End"/> the core's registers are the
/// functions'; a BKPT at the RAM's start is where they return to.
/// </summary>
public sealed class TargetCode(Clock clock)
{
    private const ushort BKPT = 0xBE00;

    private CortexM? _core;
    private uint _return, _stack;
    private bool _running;
    private uint _started;

    /// <summary>Keeps the registers and puts the BKPT at <paramref name="ram"/>, whose 4 bytes are lost.</summary>
    /// <param name="core">Halted.</param>
    /// <param name="ram">Word-aligned.</param>
    /// <param name="stackTop">First address behind the functions' stack.</param>
    public DebugFault Begin(CortexM core, uint ram, uint stackTop)
    {
        _running = false;
        _core = null;
        Span<byte> code = [BKPT & 0xFF, BKPT >> 8, BKPT & 0xFF, BKPT >> 8];
        DebugFault fault = core.KeepRegisters();
        if (fault.Ok) fault = core.PlaceCode(ram, code);
        if (fault.Failed) return fault;
        (_core, _return, _stack) = (core, ram, stackTop & ~7u);
        return fault;
    }

    /// <summary>Starts a function; <see cref="Poll"/> tells when it has returned.</summary>
    public DebugFault Start(uint function, uint r0 = 0, uint r1 = 0, uint r2 = 0, uint r3 = 0)
    {
        Span<uint> arguments = [r0, r1, r2, r3];
        DebugFault fault = _core!.StartCode(function, _stack, _return | 1, arguments);
        _running = fault.Ok;
        _started = clock.Milliseconds;
        return fault;
    }

    /// <summary>Looks once. <paramref name="r0"/> is the function's result once it is done; it fails when that takes more than <paramref name="limit"/> ms or ends elsewhere.</summary>
    public DebugFault Poll(uint limit, out bool done, out uint r0)
    {
        r0 = 0;
        DebugFault fault = _core!.PollCode(out done);
        if (fault.Ok && !done && clock.Milliseconds - _started <= limit) return fault;
        DebugFault halted = _core.StopCode(out uint pc, out r0);
        _running = false;
        if (fault.Failed) return new DebugFault(fault.Kind, pc);
        done = true;
        return halted.Failed ? halted : pc == _return ? DebugFault.None : new DebugFault(FaultKind.CodeFailed, pc);
    }

    /// <summary>Runs a function to its end. For short ones: nothing else of the probe goes on meanwhile.</summary>
    public DebugFault Call(uint function, uint r0, uint r1, uint r2, uint r3, uint limit, out uint result)
    {
        result = 0;
        DebugFault fault = Start(function, r0, r1, r2, r3);
        for (bool done = false; fault.Ok && !done;) fault = Poll(limit, out done, out result);
        return fault;
    }

    /// <summary>Puts the registers back.</summary>
    public DebugFault End()
    {
        if (_core is not { } core) return DebugFault.None;
        _core = null;
        DebugFault fault = _running ? core.StopCode(out _, out _) : DebugFault.None;
        DebugFault restored = core.RestoreRegisters();
        return fault.Failed ? fault : restored;
    }
}
