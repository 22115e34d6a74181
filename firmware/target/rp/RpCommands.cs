using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Rp;

/// <summary>monitor commands of RP2040 and RP2350.</summary>
static unsafe class RpCommands
{
    public static ReadOnlySpan<MonitorCommand> Rows => s_rows;

    private static readonly MonitorCommand[] s_rows =
    [
        new("erase_sector <address> <length>\nthe same as erase_range"u8, &CortexCommands.RunEraseRange),
        new("reset_usb_boot\nrestarts the chip as a USB drive, and lets go of it"u8, &UsbBoot),
    ];

    private static bool UsbBoot(TargetSession session, ref Words words, TextOutput text)
    {
        if (!FlashCommands.TryFind(session, text, out CortexM core, out PartFamily family)) return false;
        DebugFault fault = ((RpFamily)family).Controller.RestartAsUsb(core);
        if (fault.Failed) return Reply.Fault(text, fault);
        session.Detach();
        return true;
    }
}
