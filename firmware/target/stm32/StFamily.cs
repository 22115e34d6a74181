using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>What all STM32 and their copies have: a DBGMCU that keeps clocks on in sleep and holds the watchdogs while the core is halted.</summary>
abstract class StFamily : PartFamily
{
    /// <summary>Designers in a ROM table: bank of JEP106, and code.</summary>
    protected const ushort St = 0x20, GigaDevice = 7 << 7 | 0x51;

    protected abstract Dbgmcu DebugUnit(CortexM core);

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
