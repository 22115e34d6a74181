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

    private static ReadOnlySpan<byte> Of(FaultKind kind) => kind switch
    {
        FaultKind.None => "no error"u8,
        FaultKind.NoPower => "target has no power: VTref # mV"u8,
        FaultKind.NoAnswer => "no answer to line reset: is the target connected, powered and not holding SWD disabled?"u8,
        FaultKind.LostTarget => "target lost: it answered before and does not now"u8,
        FaultKind.ProtocolError => "protocol error on the wire: acknowledge #"u8,
        FaultKind.ParityError => "parity error on the wire: try a lower frequency"u8,
        FaultKind.WaitTimeout => "target bus busy: WAIT past the time limit at @"u8,
        FaultKind.PowerUpTimeout => "the debug port does not power up"u8,
        FaultKind.NoAccessPort => "no memory access port found"u8,
        FaultKind.WireBusy => "the wire is in use by a CMSIS-DAP host; if that host has gone, try again"u8,
        FaultKind.HeldInReset => "target is held in reset: nRESET is low"u8,
        FaultKind.TdoStuck => "no TAP answers, TDO stays #: are TDI and TDO connected, and does the target leave JTAG its pins?"u8,
        FaultKind.TooManyTaps => "more than 32 TAPs, or TDO does not follow TDI"u8,
        FaultKind.IrLengths => "the instruction registers have # bits in all: give each TAP's length, the one at TDO first"u8,
        FaultKind.ChainBroken => "the chain is not whole: # TAPs can be bypassed, which is not all of them"u8,
        FaultKind.NoDebugPort => "no Arm debug port on the chain"u8,
        FaultKind.BusError => "bus error at @"u8,
        FaultKind.NotHalted => "target is running"u8,
        FaultKind.HaltTimeout => "target does not halt within # ms: is it asleep? Try monitor connect_srst enable"u8,
        FaultKind.ResetTimeout => "target does not come out of reset"u8,
        FaultKind.TargetReset => "target was reset in the meantime: does it have a watchdog?"u8,
        FaultKind.RegisterTimeout => "register transfer does not finish"u8,
        FaultKind.NoSuchRegister => "no such register"u8,
        FaultKind.NotAttached => "no target attached"u8,
        FaultKind.Locked => "target is read protected"u8,
        FaultKind.NeedsRecovery => "not a core one can attach to: see monitor recover"u8,
        FaultKind.FlashNotErased => "flash not erased at @"u8,
        FaultKind.FlashWriteProtected => "flash write-protected at @"u8,
        FaultKind.FlashMisaligned => "flash address @ is not aligned"u8,
        FaultKind.FlashTimeout => "flash controller stays busy at @"u8,
        FaultKind.FlashOutside => "@ is not in flash"u8,
        FaultKind.FlashNotSupported => "no flash driver for this part"u8,
        FaultKind.FlashVerify => "flash differs from what was written at @"u8,
        FaultKind.FlashControllerLocked => "flash controller does not unlock"u8,
        FaultKind.EraseTimeout => "flash controller does not finish its mass erase"u8,
        FaultKind.FlashFailed => "flash controller fails at @, error #"u8,
        FaultKind.CodeFailed => "code run on the target does not come back, pc @"u8,
        FaultKind.NoRamForLoader => "too little RAM is known of this part for a flash loader"u8,
        FaultKind.Irreversible => "refused: this closes the part for ever; to do it all the same, say irreversible behind it"u8,
        FaultKind.FlashWouldLock => "refused: what is to be written at @ would lock the part"u8,
        FaultKind.BadArgument => "bad argument"u8,
        _ => "not supported by this target"u8,
    };
}
