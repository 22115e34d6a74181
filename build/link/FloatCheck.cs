using System.Buffers.Binary;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.Link;

/// <summary>
/// Finds instructions that the part's FPU does not have: there they fault (DDI 0403E, A2.5). A memory.ld says __fpu_double = 0 for an FPU of single
/// precision (FPv5-SP), __fpu_single = 0 for none.
/// </summary>
static class FloatCheck
{
    public static void Run(string target, ElfObject elf)
    {
        if (elf.Section(".text") is not { } text) return;
        if (Lacks("__fpu_single"))
            Refuse("SP1010", "floating point, for which this part has no FPU", (_, second) => (second & 0x0E00) == 0x0A00);
        else if (Lacks("__fpu_double"))
            Refuse("SP1009", "arithmetic on double, which this board's FPU does not have", IsDouble);

        bool Lacks(string fact) => elf.Symbols.Find(symbol => symbol.Name == fact) is { Value: 0 };

        void Refuse(string id, string what, Func<ushort, ushort, bool> missing)
        {
            List<string> functions = elf.Symbols
                .Where(symbol => symbol.Type == ElfSymbol.Function && symbol.Section == text)
                .Where(symbol => Uses(text, (symbol.Value & ~1u) - text.Address, symbol.Size, missing))
                .Select(symbol => symbol.Name)
                .Distinct()
                .ToList();
            if (functions.Count != 0) throw new BuildError($"{id}: {target}: {what} (docs/csharp.md): {string.Join(", ", functions)}");
        }
    }

    private static bool IsDouble(ushort first, ushort second)
    {
        bool arithmetic = (first & 0xEF00) == 0xEE00 && (second & 0x0F10) == 0x0B00;
        bool fromSingle = (first & 0xFFBF) == 0xEEB7 && (second & 0x0FD0) == 0x0AC0;              // VCVT.F64.F32 is a coprocessor 10 instruction
        return arithmetic || fromSingle;
    }

    /// <summary>Only coprocessor instructions (first half-word 0xEC00 to 0xEFFF or 0xFC00 to 0xFFFF) are asked about.</summary>
    private static bool Uses(ElfSection text, uint start, uint size, Func<ushort, ushort, bool> missing)
    {
        for (uint at = start; at + 2 <= start + size;)
        {
            ushort first = Half(text, at);
            if (first >> 11 < 0x1D)
            {
                at += 2;
                continue;
            }
            if ((first & 0xEC00) == 0xEC00 && missing(first, Half(text, at + 2))) return true;
            at += 4;
        }
        return false;
    }

    private static ushort Half(ElfSection text, uint at) => BinaryPrimitives.ReadUInt16LittleEndian(text.Data.AsSpan((int)at));
}
