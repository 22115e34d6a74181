using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Flash;

/// <summary>"monitor unsafe": of families whose flash has words that close the part to debuggers.</summary>
static unsafe class UnsafeCommand
{
    public static ReadOnlySpan<MonitorCommand> Rows => s_rows;

    private static readonly MonitorCommand[] s_rows =
    [
        new("unsafe [enable|disable]\nallows images whose protection word closes the part"u8, &Run),
    ];

    private static bool Run(TargetSession session, ref Words words, TextOutput text)
    {
        if (session.Current is not CortexM core) return Reply.Fault(text, FaultKind.NotAttached);
        if (words.TryTake(out ReadOnlySpan<byte> word))
        {
            if (!Reply.TrySwitch(word, out bool enable)) return Reply.Fault(text, FaultKind.BadArgument);
            core.Unsafe = enable;
        }
        text.Write(core.Unsafe ? "unsafe: enabled until detach\n"u8 : "unsafe: disabled\n"u8);
        return true;
    }
}
