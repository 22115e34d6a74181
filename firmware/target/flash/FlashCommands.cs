using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Flash;

/// <summary>monitor commands that work from what a family says of its parts.</summary>
static class FlashCommands
{
    /// <summary>The attached part, its queued flash work done. False: what is missing has been said.</summary>
    public static bool TryFind(TargetSession session, TextOutput text, out CortexM core, out PartFamily family)
    {
        core = null!;
        family = null!;
        if (session.Current is not CortexM current) return Reply.Fault(text, FaultKind.NotAttached);
        if (current.Family is not { } found) return Reply.Fault(text, FaultKind.FlashNotSupported);
        core = current;
        family = found;
        DebugFault fault = core.Settle();
        return fault.Ok || Reply.Fault(text, fault);
    }

    public static bool EraseMass(TargetSession session, ref Words words, TextOutput text)
    {
        if (!TryFind(session, text, out CortexM core, out PartFamily family)) return false;
        DebugFault fault = family.EraseAll(core);
        return fault.Ok || Reply.Fault(text, fault);
    }

    /// <summary>Most significant word first.</summary>
    public static bool UniqueId(TargetSession session, ref Words words, TextOutput text)
    {
        if (!TryFind(session, text, out CortexM core, out PartFamily family)) return false;
        Span<uint> id = stackalloc uint[4];
        DebugFault fault = family.ReadUniqueId(core, id, out int count);
        if (fault.Failed) return Reply.Fault(text, fault);
        Span<byte> buffer = stackalloc byte[36];
        var writer = new ByteWriter(buffer);
        for (int i = 0; i < count; i++) writer.WriteHex(id[i], 8);
        writer.Write((byte)'\n');
        text.Write(writer.Written);
        return true;
    }
}
