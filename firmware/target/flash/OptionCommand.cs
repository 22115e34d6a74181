using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Flash;

/// <summary>monitor option: the words that a part starts by and is protected by, as its family lists them.</summary>
static class OptionCommand
{
    public static bool Run(TargetSession session, ref Words words, TextOutput text)
    {
        if (!FlashCommands.TryFind(session, text, out CortexM core, out PartFamily family)) return false;
        if (family.Options(core).IsEmpty) return Reply.Fault(text, FaultKind.Unsupported);
        Words numbers = words;
        if (!words.TryTake(out ReadOnlySpan<byte> verb) || "show"u8.StartsWith(verb)) return Show(core, family, text);
        if ("write"u8.StartsWith(verb)) numbers = words;
        DebugFault fault;
        if ("erase"u8.StartsWith(verb)) fault = family.ResetOptions(core);
        else if (Reply.TryNumber(ref numbers, out uint address) && Reply.TryNumber(ref numbers, out uint value) && Holds(family.Options(core), address, value))
            fault = family.WriteOption(core, address, value, numbers.TryTake(out verb) && "irreversible"u8.StartsWith(verb));
        else fault = FaultKind.BadArgument;
        if (fault.Failed) return Reply.Fault(text, fault);
        text.Write("written; takes effect at the next reset from power-on\n"u8);
        return Show(core, family, text);
    }

    private static bool Holds(ReadOnlySpan<byte> options, uint address, uint value)
    {
        var rows = new PartTable(options);
        while (rows.TryTake(out PartRow row))
            if (row[0] == address) return row[1] == 4 || value <= 0xFFFF;
        return false;
    }

    private static bool Show(CortexM core, PartFamily family, TextOutput text)
    {
        Span<byte> buffer = stackalloc byte[64];
        var rows = new PartTable(family.Options(core));
        while (rows.TryTake(out PartRow row))
        {
            uint address = row[0], size = row[1];
            DebugFault fault = core.Bus.Read32(address & ~3u, out uint word);
            if (fault.Failed) return Reply.Fault(text, fault);
            var writer = new ByteWriter(buffer);
            writer.WriteAddress(address);
            writer.Write(": 0x"u8);
            writer.WriteHex(word >> (int)(address & 3) * 8, (int)size * 2);
            writer.Write((byte)' ');
            writer.Write(row.From(2));
            writer.Write((byte)'\n');
            text.Write(writer.Written);
        }
        return true;
    }
}
