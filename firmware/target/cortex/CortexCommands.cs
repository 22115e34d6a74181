using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Cortex;

/// <summary>monitor commands of every Cortex-M. What flash and option bytes need beyond that is the family's data.</summary>
static unsafe class CortexCommands
{
    public static ReadOnlySpan<MonitorCommand> Rows => s_rows;

    private static readonly MonitorCommand[] s_rows =
    [
        new("vector_catch [(enable|disable) (hard|int|bus|stat|chk|nocp|mm|reset)...]\nexceptions that stop the core"u8, &RunVectorCatch),
        new("erase_range <address> <length>\nerases the flash blocks that the range touches"u8, &RunEraseRange),
        new("erase_mass\nerases all of the flash"u8, &FlashCommands.EraseMass),
        new("option [show | erase | <addr> <value> [irreversible]]\noption bytes; erase opens the read protection, and the flash is lost then"u8, &OptionCommand.Run),
        new("uid\nthe part's unique id"u8, &FlashCommands.UniqueId),
    ];

    private static bool RunVectorCatch(TargetSession session, ref Words words, TextOutput text)
    {
        if (session.Current is not CortexM core) return Reply.Fault(text, FaultKind.NotAttached);
        if (words.TryTake(out ReadOnlySpan<byte> word))
        {
            if (!Reply.TrySwitch(word, out bool enable)) return Reply.Fault(text, FaultKind.BadArgument);
            uint bits = 0;
            while (words.TryTake(out word))
            {
                if (!VectorCatch.TryFind(word, out uint bit)) return Reply.Fault(text, FaultKind.BadArgument);
                bits |= bit;
            }
            DebugFault fault = core.SetCatches(enable ? core.Catches | bits : core.Catches & ~bits);
            if (fault.Failed) return Reply.Fault(text, fault);
        }
        text.Write("caught:"u8);
        for (int i = 0; !VectorCatch.Name(i).IsEmpty; i++)
        {
            if ((core.Catches & VectorCatch.Bit(i)) == 0) continue;
            text.Write(" "u8);
            text.Write(VectorCatch.Name(i));
        }
        text.Write(core.Catches == 0 ? " nothing\n"u8 : "\n"u8);
        return true;
    }

    public static bool RunEraseRange(TargetSession session, ref Words words, TextOutput text)
    {
        if (session.Current is not CortexM core) return Reply.Fault(text, FaultKind.NotAttached);
        if (!Reply.TryNumber(ref words, out uint address) || !Reply.TryNumber(ref words, out uint length) || length == 0) return Reply.Fault(text, FaultKind.BadArgument);
        DebugFault fault = core.FlashErase(address, length);
        DebugFault done = core.FlashDone();
        if (fault.Ok) fault = done;
        return fault.Ok || Reply.Fault(text, fault);
    }
}
