using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>monitor commands of parts with an FPEC.</summary>
static unsafe class Stm32F1Commands
{
    public static ReadOnlySpan<MonitorCommand> Rows => s_rows;

    private static readonly MonitorCommand[] s_rows =
    [
        new("erase_mass", "", "erases all of the flash", &EraseMass),
        new("option", "show | erase | <addr> <value>", "option bytes; erase opens the read protection, and the flash is lost then", &Option),
        new("uid", "", "the 96-bit unique id", &UniqueId),
    ];

    /// <summary>Values of the read protection byte that leave a part open, and the one that closes it for ever (RM0091 4.1.1, RM0316 5.1.1).</summary>
    private const ushort OpenF1 = 0xA5, OpenF0F3 = 0xAA, ForEver = 0xCC;

    private static bool TryFind(TargetSession session, TextOutput text, out CortexM core, out Stm32F1Family family)
    {
        core = null!;
        family = null!;
        if (session.Current is not CortexM { Family: Stm32F1Family found } current) return Reply.Fault(text, FaultKind.NotAttached);
        core = current;
        family = found;
        DebugFault fault = core.Settle();
        return fault.Ok || Reply.Fault(text, fault);
    }

    private static bool EraseMass(TargetSession session, ref Words words, TextOutput text)
    {
        if (!TryFind(session, text, out CortexM core, out Stm32F1Family family)) return false;
        DebugFault fault = family.Fpec.EraseAll(core);
        return fault.Ok || Reply.Fault(text, fault);
    }

    private static bool UniqueId(TargetSession session, ref Words words, TextOutput text)
    {
        if (!TryFind(session, text, out CortexM core, out _)) return false;
        Span<byte> buffer = stackalloc byte[32];
        var writer = new ByteWriter(buffer);
        for (uint i = 3; i-- > 0;)
        {
            DebugFault fault = core.Bus.Read32(Stm32F1Family.UniqueIdAddress(core) + i * 4, out uint word);
            if (fault.Failed) return Reply.Fault(text, fault);
            writer.WriteHex(word, 8);
        }
        writer.Write((byte)'\n');
        text.Write(writer.Written);
        return true;
    }

    private static bool Option(TargetSession session, ref Words words, TextOutput text)
    {
        if (!TryFind(session, text, out CortexM core, out Stm32F1Family family)) return false;
        Words again = words;
        if (!words.TryTake(out ReadOnlySpan<byte> verb) || "show"u8.StartsWith(verb)) return Show(core, text);
        Span<ushort> values = stackalloc ushort[(int)Fpec.OptionCount];
        ushort open = Stm32F1Part.Rows[core.PartRow].Kind == FpecKind.F1 ? OpenF1 : OpenF0F3;
        if ("erase"u8.StartsWith(verb))
        {
            values.Fill(0xFFFF);
            values[0] = open;
        }
        else
        {
            if (!Reply.TryNumber(ref again, out uint address) || !Reply.TryNumber(ref again, out uint value)) return Reply.Fault(text, FaultKind.BadArgument);
            uint index = (address - Fpec.OptionBytes) / 2;
            if (index >= Fpec.OptionCount || (address & 1) != 0 || value > 0xFFFF) return Reply.Fault(text, FaultKind.BadArgument);
            DebugFault fault = Read(core, values);
            if (fault.Failed) return Reply.Fault(text, fault);
            values[(int)index] = (ushort)value;
            if (open == OpenF0F3 && (byte)values[0] == ForEver)
            {
                text.Write("refused: this value of the read protection closes the part for ever\n"u8);
                return false;
            }
        }
        DebugFault written = family.Fpec.WriteOptions(core, values);
        if (written.Failed) return Reply.Fault(text, written);
        text.Write("written; takes effect at the next reset from power-on\n"u8);
        return Show(core, text);
    }

    private static DebugFault Read(CortexM core, Span<ushort> values)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            DebugFault fault = core.Bus.Read32(Fpec.OptionBytes + (uint)i * 2, out uint word);
            if (fault.Failed) return fault;
            values[i] = (ushort)word;
            values[i + 1] = (ushort)(word >> 16);
        }
        return DebugFault.None;
    }

    private static bool Show(CortexM core, TextOutput text)
    {
        Span<ushort> values = stackalloc ushort[(int)Fpec.OptionCount];
        DebugFault fault = Read(core, values);
        if (fault.Failed) return Reply.Fault(text, fault);
        Span<byte> buffer = stackalloc byte[40];
        for (int i = 0; i < values.Length; i++)
        {
            var writer = new ByteWriter(buffer);
            writer.WriteAddress(Fpec.OptionBytes + (uint)i * 2);
            writer.Write(": 0x"u8);
            writer.WriteHex(values[i], 4);
            writer.Write((byte)' ');
            writer.Write(OptionName(i));
            writer.Write((byte)'\n');
            text.Write(writer.Written);
        }
        return true;
    }

    private static ReadOnlySpan<byte> OptionName(int index) => index switch
    {
        0 => "RDP"u8,
        1 => "USER"u8,
        2 => "Data0"u8,
        3 => "Data1"u8,
        4 => "WRP0"u8,
        5 => "WRP1"u8,
        6 => "WRP2"u8,
        _ => "WRP3"u8,
    };
}
