using SharpProbe.Adi;

namespace SharpProbe.Target.Cortex;

/// <summary>DHCSR of one core. Reading it clears S_RESET_ST, so everybody reads it here and none misses a reset.</summary>
sealed class CoreControl
{
    /// <summary>The access port that the core is behind; set when a scan finds it.</summary>
    public AccessPort Bus { get; set; } = null!;

    /// <summary>The core has been reset since this was last cleared.</summary>
    public bool ResetSeen { get; set; }

    public DebugFault Read(out uint dhcsr)
    {
        DebugFault fault = Bus.Read32(Scs.DHCSR, out dhcsr);
        if (fault.Ok && (dhcsr & Dhcsr.S_RESET_ST) != 0) ResetSeen = true;
        return fault;
    }

    /// <summary>C_DEBUGEN and the key are added.</summary>
    public DebugFault Write(uint control) => Bus.Write32(Scs.DHCSR, Dhcsr.DBGKEY | Dhcsr.C_DEBUGEN | control);
}
