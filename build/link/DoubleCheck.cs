using System.Buffers.Binary;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.Link;

/// <summary>
/// Finds arithmetic on double in an image for a part whose FPU is single precision (FPv5-SP): such an instruction faults there (DDI 0403E, A2.5).
/// A memory.ld says so with __fpu_double = 0.
/// </summary>
static class DoubleCheck
{
    public static void Run(string target, ElfObject elf)
    {
        ElfSymbol? fact = elf.Symbols.Find(symbol => symbol.Name == "__fpu_double");
        if (fact is not { Value: 0 } || elf.Section(".text") is not { } text) return;
        List<string> functions = elf.Symbols
            .Where(symbol => symbol.Type == ElfSymbol.Function && symbol.Section == text)
            .Where(symbol => Uses(text, (symbol.Value & ~1u) - text.Address, symbol.Size))
            .Select(symbol => symbol.Name)
            .Distinct()
            .ToList();
        if (functions.Count != 0) throw new BuildError($"SP1009: {target}: arithmetic on double, which this board's FPU does not have (docs/csharp.md): {string.Join(", ", functions)}");
    }

    private static bool Uses(ElfSection text, uint start, uint size)
    {
        for (uint at = start; at + 2 <= start + size;)
        {
            ushort first = Half(text, at);
            if (first >> 11 < 0x1D)
            {
                at += 2;
                continue;
            }
            ushort second = Half(text, at + 2);
            bool arithmetic = (first & 0xEF00) == 0xEE00 && (second & 0x0F10) == 0x0B00;
            bool fromSingle = (first & 0xFFBF) == 0xEEB7 && (second & 0x0FD0) == 0x0AC0;          // VCVT.F64.F32 is a coprocessor 10 instruction
            if (arithmetic || fromSingle) return true;
            at += 4;
        }
        return false;
    }

    private static ushort Half(ElfSection text, uint at) => BinaryPrimitives.ReadUInt16LittleEndian(text.Data.AsSpan((int)at));
}
