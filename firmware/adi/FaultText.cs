using System;
using SharpProbe.Io;

namespace SharpProbe.Adi;

/// <summary>The words for each reason. In a text '@' stands for the address, '#' for the detail in decimal.</summary>
static class FaultText
{
    public static void Write(ref ByteWriter text, in DebugFault fault)
    {
        foreach (byte b in Of(fault.Kind))
        {
            if (b == '@') text.WriteAddress(fault.Address);
            else if (b == '#') text.WriteDecimal(fault.Detail);
            else text.Write(b);
        }
    }

    private static ReadOnlySpan<byte> Of(FaultKind kind) => TextLines.Line(Lines, (int)kind);

    /// <summary>In the order of <see cref="FaultKind"/>.</summary>
    private static ReadOnlySpan<byte> Lines =>
        "no error\n"u8 +
        "target has no power: VTref # mV\n"u8 +
        "no answer to line reset: is the target connected, powered and not holding SWD disabled?\n"u8 +
        "target lost: it answered before and does not now\n"u8 +
        "protocol error on the wire: acknowledge #\n"u8 +
        "parity error on the wire: try a lower frequency\n"u8 +
        "target bus busy: WAIT past the time limit at @\n"u8 +
        "the debug port does not power up\n"u8 +
        "no memory access port found\n"u8 +
        "the wire is in use by a CMSIS-DAP host; if that host has gone, try again\n"u8 +
        "target is held in reset: nRESET is low\n"u8 +
        "no TAP answers, TDO stays #: are TDI and TDO connected, and does the target leave JTAG its pins?\n"u8 +
        "more than 32 TAPs, or TDO does not follow TDI\n"u8 +
        "the instruction registers have # bits in all: give each TAP's length, the one at TDO first\n"u8 +
        "the chain is not whole: # TAPs can be bypassed, which is not all of them\n"u8 +
        "no Arm debug port on the chain\n"u8 +
        "bus error at @\n"u8 +
        "target is running\n"u8 +
        "target does not halt within # ms: is it asleep? Try monitor connect_srst enable\n"u8 +
        "target does not come out of reset\n"u8 +
        "target was reset in the meantime: does it have a watchdog?\n"u8 +
        "register transfer does not finish\n"u8 +
        "no such register\n"u8 +
        "no target attached\n"u8 +
        "target is read protected\n"u8 +
        "not a core one can attach to: see monitor recover\n"u8 +
        "flash not erased at @\n"u8 +
        "flash write-protected at @\n"u8 +
        "flash address @ is not aligned\n"u8 +
        "flash controller stays busy at @\n"u8 +
        "@ is not in flash\n"u8 +
        "no flash driver for this part\n"u8 +
        "flash differs from what was written at @\n"u8 +
        "flash controller does not unlock\n"u8 +
        "flash controller does not finish its mass erase\n"u8 +
        "flash controller fails at @, error #\n"u8 +
        "code run on the target does not come back, pc @\n"u8 +
        "too little RAM is known of this part for a flash loader\n"u8 +
        "refused: this closes the part for ever; to do it all the same, say irreversible behind it\n"u8 +
        "refused: what is to be written at @ would lock the part\n"u8 +
        "bad argument\n"u8 +
        "not supported by this target\n"u8;
}
