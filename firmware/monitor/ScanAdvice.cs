using System;
using SharpProbe.Adi;

namespace SharpProbe.Monitoring;

/// <summary>What to try when a scan fails.</summary>
static class ScanAdvice
{
    /// <summary>Lines, or nothing.</summary>
    public static ReadOnlySpan<byte> For(FaultKind kind, DebugAccess access) => kind switch
    {
        FaultKind.NoPower => access.HasPowerSwitch
            ? "Switch the target on and connect its supply to VTref, or feed it: monitor tpwr enable\n"u8
            : "Switch the target on and connect its supply to VTref.\n"u8,
        FaultKind.NoAnswer => "Check GND, SWDIO and SWCLK. If the program on the target turns SWD off or sleeps: monitor connect_srst enable, and nRESET connected.\n"u8,
        FaultKind.TdoStuck => "Check GND, TCK, TMS, TDI and TDO; many boards have only SWD: monitor swdp_scan\n"u8,
        FaultKind.TooManyTaps or FaultKind.ChainBroken => "Shorten the wires, check GND, or go slower: monitor frequency 1M\n"u8,
        FaultKind.ParityError or FaultKind.ProtocolError or FaultKind.LostTarget => "Shorten the wires, check GND, or go slower: monitor frequency 1M\n"u8,
        FaultKind.PowerUpTimeout or FaultKind.WaitTimeout => "The chip may be in deep sleep or held in reset: monitor connect_srst enable, or switch it off and on.\n"u8,
        FaultKind.NoAccessPort => "The debug port answers, but no core can be reached: the chip may be locked, or its debug domain off.\n"u8,
        FaultKind.WireBusy => "End the CMSIS-DAP session on this probe first.\n"u8,
        FaultKind.HeldInReset => "Release the reset button, or check nRESET for a short.\n"u8,
        FaultKind.HaltTimeout => "monitor connect_srst enable halts the core at its first instruction; monitor halt_timeout waits longer.\n"u8,
        _ => default,
    };
}
