using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>What all STM32 and their copies have: a DBGMCU that keeps clocks on in sleep and holds the watchdogs while the core is halted.</summary>
abstract class StFamily : PartFamily
{
    /// <summary>Designers in a ROM table: bank of JEP106, and code.</summary>
    protected const ushort St = 0x20, GigaDevice = 7 << 7 | 0x51;

    protected abstract Dbgmcu DebugUnit(CortexM core);

    /// <summary>The row whose first column is a part's id, and whose second is its core's where that is not 0. The target keeps its number.</summary>
    protected static bool TryFind(CortexM core, ReadOnlySpan<byte> rows, uint id, uint cpu, out PartRow row)
    {
        var table = new PartTable(rows);
        while (table.TryTake(out row))
        {
            if (row[0] != id || cpu != 0 && row[1] != cpu) continue;
            core.PartRow = table.Index;
            return true;
        }
        return false;
    }

    /// <summary>KiB of flash as a part's size register says, or as many as there can be where that says nothing, or nonsense.</summary>
    protected static uint Kilobytes(CortexM core, uint sizeAt, uint most)
    {
        uint kilobytes = core.Bus.Read32(sizeAt, out uint size).Ok ? size & 0xFFFF : 0;
        return kilobytes == 0 || kilobytes > most ? most : kilobytes;
    }

    protected static void Call(CortexM core, ReadOnlySpan<byte> name, bool isProtected)
    {
        core.Name.Clear();
        core.Name.Add(name);
        if (isProtected) core.Name.Add(", read protected"u8);
    }

    public override DebugFault OnAttach(CortexM core)
    {
        Dbgmcu dbgmcu = DebugUnit(core);
        DebugFault fault = core.Bus.Read32(dbgmcu.Address, out uint cr);
        if (fault.Failed) return fault;
        if (!core.Attached) core.PartState = cr;            // after a reset our own bits are there
        fault = core.Bus.Write32(dbgmcu.Address, cr | dbgmcu.SleepBits);
        if (fault.Failed || dbgmcu.FreezeAddress == 0) return fault;
        fault = core.Bus.Read32(dbgmcu.FreezeAddress, out uint freeze);
        return fault.Ok ? core.Bus.Write32(dbgmcu.FreezeAddress, freeze | Dbgmcu.WatchdogFreeze) : fault;
    }

    public override DebugFault OnDetach(CortexM core) => core.Bus.Write32(DebugUnit(core).Address, core.PartState);
}
