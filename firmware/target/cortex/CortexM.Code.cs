using System;
using SharpProbe.Adi;

namespace SharpProbe.Target.Cortex;

/// <summary>Code of the probe's own, run by a core that its user sees halted all the time: its registers are kept before and put back after, interrupts are masked.</summary>
public sealed partial class CortexM
{
    /// <summary>xPSR.T; the number of an active exception stays as it is.</summary>
    private const uint ThumbState = 1 << 24, Ipsr = 0x1FF;

    /// <summary>r0 to r12, sp, lr, pc, xPSR, msp, psp, and CONTROL and PRIMASK, by the numbers of <see cref="CoreRegisters"/>.</summary>
    private static ReadOnlySpan<byte> KeptRegisters => [CoreRegisters.Primask, CoreRegisters.Msp, CoreRegisters.Psp, 13, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, CoreRegisters.Xpsr];

    private readonly uint[] _kept;

    /// <summary>Keeps the registers. The core is halted. A reset from here on is <see cref="PollCode"/>'s fault.</summary>
    public DebugFault KeepRegisters()
    {
        _control.Read(out _);
        _control.ResetSeen = false;
        for (int i = 0; i < _kept.Length; i++)
        {
            DebugFault fault = _registers.Read(KeptRegisters[i], out _kept[i]);
            if (fault.Failed) return fault;
        }
        return DebugFault.None;
    }

    /// <summary>Puts back what <see cref="KeepRegisters"/> kept. The core is halted.</summary>
    public DebugFault RestoreRegisters()
    {
        DebugFault result = DebugFault.None;
        for (int i = 0; i < _kept.Length; i++) Keep(ref result, _registers.Write(KeptRegisters[i], _kept[i]));
        _registers.Invalidate();
        return result;
    }

    /// <summary>Writes a register, by the numbers of <see cref="CoreRegisters"/>, and gives what it was. The core is halted.</summary>
    internal DebugFault ExchangeRegister(int number, ref uint value)
    {
        DebugFault fault = _registers.Read(number, out uint old);
        if (fault.Ok) fault = _registers.Write(number, value);
        value = old;
        return fault;
    }

    /// <summary>Writes code or data for it into RAM, past the caches.</summary>
    public DebugFault PlaceCode(uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = _caches.CleanAndInvalidate(address, data.Length);
        return fault.Ok ? Bus.Write(address, data) : fault;
    }

    /// <summary>Runs code in privileged thread mode (in the handler that was active, if one was). <paramref name="arguments"/> go to r0 and up; it ends at a BKPT or by <see cref="StopCode"/>.</summary>
    public DebugFault StartCode(uint pc, uint sp, uint lr, ReadOnlySpan<uint> arguments)
    {
        DebugFault fault = _registers.Write(CoreRegisters.Primask, 0);
        for (int i = 0; i < arguments.Length && fault.Ok; i++) fault = _registers.Write(i, arguments[i]);
        if (fault.Ok) fault = _registers.Write(CoreRegisters.Sp, sp);
        if (fault.Ok) fault = _registers.Write(CoreRegisters.Lr, lr);
        if (fault.Ok) fault = _registers.Write(CoreRegisters.Pc, pc & ~1u);
        if (fault.Ok) fault = _registers.Write(CoreRegisters.Xpsr, ThumbState | _kept[^1] & Ipsr);
        if (fault.Ok) fault = _caches.InvalidateInstructions();
        _registers.Invalidate();
        _masked = true;
        if (fault.Ok) fault = _control.Write(Dhcsr.C_HALT | Dhcsr.C_MASKINTS);       // C_MASKINTS may change only while halted (DDI 0403E, C1.6.2)
        return fault.Ok ? _control.Write(Dhcsr.C_MASKINTS) : fault;
    }

    /// <summary>Looks once whether the code has come to a stop by itself, at whatever instruction. A core in lockup is a fault.</summary>
    public DebugFault PollCode(out bool stopped)
    {
        DebugFault fault = _control.Read(out uint dhcsr);
        stopped = fault.Ok && (dhcsr & Dhcsr.S_HALT) != 0;
        if (fault.Failed) return fault;
        if (_control.ResetSeen) return FaultKind.TargetReset;
        return (dhcsr & Dhcsr.S_LOCKUP) != 0 ? FaultKind.CodeFailed : fault;
    }

    /// <summary>True, once, after a reset that was not ours.</summary>
    internal bool TakeReset()
    {
        _control.Read(out _);
        if (!_control.ResetSeen) return false;
        _registers.Invalidate();
        ArmAfterReset();
        return true;
    }

    /// <summary>Halts the code if it still runs, and tells where it was and what was in r0.</summary>
    public DebugFault StopCode(out uint pc, out uint r0)
    {
        pc = r0 = 0;
        DebugFault fault = HaltNow(_session.HaltTimeout);
        if (fault.Ok) fault = Bus.Write32(Scs.DFSR, Dfsr.All);
        _registers.Invalidate();
        if (fault.Ok) fault = _registers.Read(CoreRegisters.Pc, out pc);
        return fault.Ok ? _registers.Read(0, out r0) : fault;
    }
}
