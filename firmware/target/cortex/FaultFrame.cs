using System;
using System.Buffers.Binary;
using SharpProbe.Adi;

namespace SharpProbe.Target.Cortex;

/// <summary>
/// A core that a vector catch stopped at the first instruction of a fault handler is put back to where the fault arose: the exception frame (DDI 0403E, B1.5.6) is popped,
/// so the user sees the faulting instruction and its callers.
/// </summary>
sealed class FaultFrame(CoreControl control, CoreRegisters registers, CoreCaches caches)
{
    private const uint FORCED = 1 << 30;

    /// <summary>MSTKERR, STKERR, MLSPERR, LSPERR: there is no whole frame.</summary>
    private const uint NoFrame = 1 << 4 | 1 << 5 | 1 << 12 | 1 << 13;

    private const uint VectKey = 0x05FA_0000, VECTCLRACTIVE = 1 << 1;

    private const uint Ipsr = 0x1FF, HardFault = 3, SecureFault = 7;

    /// <summary>xPSR bit 9 on the stack: the frame was aligned by one word.</summary>
    private const uint Aligned = 1 << 9;

    /// <summary><paramref name="isFault"/>: the exception caught is a fault. It is popped where its frame is whole.</summary>
    public DebugFault Unwind(bool isMainline, out bool isFault)
    {
        isFault = false;
        DebugFault fault = registers.Read(CoreRegisters.Xpsr, out uint xpsr);
        if (fault.Failed || (xpsr & Ipsr) is < HardFault or > SecureFault) return fault;
        isFault = true;
        uint cfsr = 0, hfsr = 0;
        if (isMainline)
        {
            fault = control.Bus.Read32(Scs.CFSR, out cfsr);
            if (fault.Ok) fault = control.Bus.Read32(Scs.HFSR, out hfsr);
            if (fault.Failed || (cfsr & NoFrame) != 0 || cfsr == 0 && (hfsr & FORCED) == 0) return fault;
        }
        fault = registers.Read(CoreRegisters.Lr, out uint exceptionReturn);
        if (fault.Failed || exceptionReturn >> 24 != 0xFF) return fault;
        int stack = (exceptionReturn & 4) != 0 ? CoreRegisters.Psp : CoreRegisters.Msp;
        fault = registers.Read(stack, out uint sp);
        Span<byte> frame = stackalloc byte[32];             // r0 r1 r2 r3 r12 lr pc xpsr
        if (fault.Ok) fault = caches.Clean(sp, frame.Length);
        if (fault.Ok) fault = control.Bus.Read(sp, frame);
        if (fault.Failed) return DebugFault.None;           // the stack pointer itself is bad: the handler is all there is to see
        uint stacked = BinaryPrimitives.ReadUInt32LittleEndian(frame[28..]);
        sp += (exceptionReturn & 16) != 0 ? 0x20u : 0x68u;
        if ((stacked & Aligned) != 0) sp += 4;

        // With an exception active the pc in thread code would be wrong. This also ends a handler that the fault came from; only its registers are left to look at.
        fault = control.Bus.Write32(Scs.AIRCR, VectKey | VECTCLRACTIVE);
        if (fault.Ok && isMainline) fault = control.Bus.Write32(Scs.CFSR, cfsr);
        if (fault.Ok && isMainline) fault = control.Bus.Write32(Scs.HFSR, hfsr);
        registers.Invalidate();
        if (fault.Ok) fault = registers.Write(CoreRegisters.Xpsr, stacked & ~(Ipsr | Aligned));     // first: SPSEL can be set in Thread mode only
        if (fault.Ok) fault = registers.Write(stack, sp);
        if (fault.Ok) fault = SelectStack(stack == CoreRegisters.Psp);
        if (fault.Ok) fault = registers.Write(CoreRegisters.Lr, BinaryPrimitives.ReadUInt32LittleEndian(frame[20..]));
        return fault.Ok ? registers.Write(CoreRegisters.Pc, BinaryPrimitives.ReadUInt32LittleEndian(frame[24..])) : fault;
    }

    /// <summary>CONTROL.SPSEL, which the exception's entry has cleared.</summary>
    private DebugFault SelectStack(bool process)
    {
        Span<byte> control = stackalloc byte[1];
        DebugFault fault = registers.Read(CoreRegisters.Control, control);
        if (fault.Failed) return fault;
        control[0] = (byte)(control[0] & ~2 | (process ? 2 : 0));
        return registers.Write(CoreRegisters.Control, control);
    }
}
