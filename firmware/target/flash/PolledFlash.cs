using System;
using System.Runtime.CompilerServices;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Flash;

/// <summary>Controllers that want a command for each unit, and must be asked whether they are ready for the next one.</summary>
abstract class PolledFlash(ProbeSession session) : FlashController
{
    /// <summary>ms: any command but an erase of a block.</summary>
    protected const uint Timeout = 1000;

    protected ProbeSession Session => session;

    protected CortexM Core { get; set; } = null!;

    /// <summary>What the last command is about.</summary>
    protected uint Last { get; set; }

    public override DebugFault PollErase(out bool done) => PollReady(out done);

    /// <summary>Fills the buffer and has it written, unit by unit; the last one may still be in progress.</summary>
    public override DebugFault Program(MemoryRegion region, uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = DebugFault.None;
        int unit = Unit;
        for (int i = 0; i < data.Length && fault.Ok; i += unit)
        {
            fault = WaitReady();
            Last = address + (uint)i;
            if (fault.Ok) fault = ProgramUnit(Last, data[i..(i + unit)]);
        }
        return fault;
    }

    protected abstract DebugFault ProgramUnit(uint address, ReadOnlySpan<byte> data);

    public override DebugFault Close() => WaitReady();

    /// <summary>Closes whatever went before, whose fault counts first.</summary>
    protected DebugFault Closed(DebugFault fault)
    {
        DebugFault closed = Close();
        return fault.Failed ? fault : closed;
    }

    protected DebugFault WaitReady()
    {
        uint start = session.Clock.Milliseconds;
        while (true)
        {
            DebugFault fault = PollReady(out bool ready);
            if (fault.Failed || ready) return fault;
            if (session.Clock.Milliseconds - start > Timeout) return new DebugFault(FaultKind.FlashTimeout, Last);
            session.Background.Run();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]      // its calls are smaller
    protected DebugFault Read(uint register, out uint value) => Core.Bus.Read32(register, out value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected DebugFault Write(uint register, uint value) => Core.Bus.Write32(register, value);
}
