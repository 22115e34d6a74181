using System.Buffers.Binary;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>
/// Turns the compiler's code into items. Only what depends on its own position is understood (branches, address loads); every other instruction is bytes.
/// A position-dependent instruction that RyuJIT is not known to emit stops the build: better no image than a wrong one. Encodings: DDI 0403E, A5 and A7.
/// </summary>
sealed class Decoder(ElfSection section)
{
    private readonly Dictionary<uint, ElfRelocation> _relocations = section.Relocations.ToDictionary(relocation => relocation.Offset);
    private readonly HashSet<uint> _taken = [];

    /// <summary>Relocations that no decoded instruction took.</summary>
    public IEnumerable<uint> Untaken => _relocations.Keys.Where(offset => !_taken.Contains(offset));

    public Function Decode(string name, uint offset, uint size)
    {
        List<CodeItem> items = [];
        for (uint at = offset; at < offset + size;)
        {
            CodeItem item = Next(name, at);
            items.Add(item);
            at += item.OldSize;
            if (at > offset + size) throw Unexpected(name, item.OldOffset, "an instruction crosses the function's end");
        }
        Function function = new(name, offset, size, Fold(name, items));
        MarkLabels(function);
        FoldConstants(function.Items);
        return function;
    }

    private CodeItem Next(string name, uint at)
    {
        ushort first = Half(at);
        if (first >> 11 < 0x1D) return Narrow(name, at, first);
        return Wide(name, at, first, Half(at + 2));
    }

    private static CodeItem Narrow(string name, uint at, ushort code)
    {
        CodeItem item = new() { OldOffset = at, OldSize = 2, HalfWords = [code] };
        if ((code & 0xF000) == 0xD000 && (code >> 8 & 15) < 14)
        {
            item.Kind = CodeKind.Branch;
            item.Condition = code >> 8 & 15;
            item.Target = at + 4 + (uint)((sbyte)code << 1);
        }
        else if ((code & 0xF800) == 0xE000)
        {
            item.Kind = CodeKind.Branch;
            item.Target = at + 4 + (uint)(code << 21 >> 20);
        }
        else if ((code & 0xF500) == 0xB100)
        {
            item.Kind = CodeKind.CompareBranch;
            item.Target = at + 4 + (uint)((code >> 9 & 1) << 6 | (code >> 3 & 31) << 1);
        }
        else if ((code & 0xFF07) is 0x4700) item.Register = code >> 3 & 15;                                   // BX, BLX
        else if ((code & 0xF800) is 0x4800 or 0xA000) throw Unexpected(name, at, "a literal beside the code");
        else if ((code & 0xFF00) == 0xBF00 && (code & 15) != 0) throw Unexpected(name, at, "an IT block");
        else if ((code & 0xFF78) is 0x4678 or 0x4578) throw Unexpected(name, at, "a use of the program counter");
        return item;
    }

    private CodeItem Wide(string name, uint at, ushort first, ushort second)
    {
        CodeItem item = new() { OldOffset = at, OldSize = 4, HalfWords = [first, second] };
        bool relocated = _relocations.TryGetValue(at, out ElfRelocation relocation);
        if (relocated && relocation.Type is ElfRelocation.ThumbCall or ElfRelocation.ThumbJump24)
        {
            item.Kind = relocation.Type == ElfRelocation.ThumbCall ? CodeKind.Call : CodeKind.Jump;
            item.Symbol = relocation.Symbol;
            _taken.Add(at);
            return item;
        }
        if ((first & 0xF800) == 0xF000 && (second & 0x8000) != 0 && !relocated)
        {
            uint sign = (uint)(first >> 10 & 1), j1 = (uint)(second >> 13 & 1), j2 = (uint)(second >> 11 & 1), low = (uint)(second & 0x7FF);
            if ((second & 0xD000) == 0x8000 && (first >> 6 & 15) < 14)
            {
                uint value = sign << 20 | j2 << 19 | j1 << 18 | (uint)(first & 63) << 12 | low << 1;
                item.Kind = CodeKind.Branch;
                item.Condition = first >> 6 & 15;
                item.Target = at + 4 + (uint)((int)(value << 11) >> 11);
            }
            else if ((second & 0x9000) == 0x9000)
            {
                uint value = sign << 24 | (~(j1 ^ sign) & 1) << 23 | (~(j2 ^ sign) & 1) << 22 | (uint)(first & 0x3FF) << 12 | low << 1;
                item.Kind = (second & 0x4000) != 0 ? CodeKind.Call : CodeKind.Branch;
                item.Target = at + 4 + (uint)((int)(value << 7) >> 7);
            }
        }
        else if ((first & 0xFE1F) == 0xF81F || (first & 0xFE5F) == 0xE85F || (first & 0xFF3F) == 0xED1F || (first & 0xFBFF) is 0xF20F or 0xF2AF)
        {
            throw Unexpected(name, at, "a literal beside the code");
        }
        else if ((first & 0xFFF0) == 0xE8D0 && (second & 0xFFE0) == 0xF000)
        {
            throw Unexpected(name, at, "a table branch");
        }
        return item;
    }

    /// <summary>movw rX; movt rX; add rX, pc becomes one Address. An add of pc that is not part of such a triple is not understood.</summary>
    private List<CodeItem> Fold(string name, List<CodeItem> items)
    {
        List<CodeItem> folded = [];
        foreach (CodeItem item in items)
        {
            if (item.OldSize != 2 || (item.HalfWords[0] & 0xFF78) != 0x4478)
            {
                folded.Add(item);
                continue;
            }
            int register = item.HalfWords[0] & 7 | item.HalfWords[0] >> 4 & 8;
            if (folded.Count < 2 || MoveHalf(folded[^2], 0xF240, register) is not { } low || MoveHalf(folded[^1], 0xF2C0, register) is not { } high)
            {
                throw Unexpected(name, item.OldOffset, "a use of the program counter");
            }
            CodeItem address = new() { Kind = CodeKind.Address, OldOffset = folded[^2].OldOffset, OldSize = 10, Register = register };
            address.HalfWords = [.. folded[^2].HalfWords, .. folded[^1].HalfWords, .. item.HalfWords];
            if (_relocations.TryGetValue(address.OldOffset, out ElfRelocation relocation))
            {
                if (relocation.Type != ElfRelocation.MovwPrel) throw Unexpected(name, item.OldOffset, $"relocation {relocation.Type}");
                address.Symbol = relocation.Symbol;
                _taken.Add(address.OldOffset);
                _taken.Add(address.OldOffset + 4);
            }
            else
            {
                address.Target = (high << 16 | low) + item.OldOffset + 4;
            }
            folded.RemoveRange(folded.Count - 2, 2);
            folded.Add(address);
        }
        return folded;
    }

    /// <summary>movw rX; movt rX becomes one Constant.</summary>
    private static void FoldConstants(List<CodeItem> items)
    {
        for (int i = 0; i + 1 < items.Count; i++)
        {
            CodeItem item = items[i];
            if (items[i + 1].IsLabel || item is not { Kind: CodeKind.Plain, HalfWords: [_, var second] }) continue;
            int register = second >> 8 & 15;
            if (MoveHalf(item, 0xF240, register) is not { } low || MoveHalf(items[i + 1], 0xF2C0, register) is not { } high) continue;
            (item.Kind, item.Register, item.Target, item.OldSize) = (CodeKind.Constant, register, high << 16 | low, 8);
            items.RemoveAt(i + 1);
        }
    }

    private static void MarkLabels(Function function)
    {
        Dictionary<uint, CodeItem> at = function.Items.ToDictionary(item => item.OldOffset);
        foreach (CodeItem item in function.Items.Where(item => item.Kind is CodeKind.Branch or CodeKind.CompareBranch))
        {
            if (!at.TryGetValue(item.Target, out CodeItem? target)) throw Unexpected(function.Name, item.OldOffset, "a branch to where no instruction starts");
            target.IsLabel = true;
        }
    }

    /// <summary>The 16-bit immediate of MOVW (T3) or MOVT (T1) to a register, else null.</summary>
    private static uint? MoveHalf(CodeItem item, int opcode, int register)
    {
        if (item.OldSize != 4 || item.Kind != CodeKind.Plain) return null;
        int first = item.HalfWords[0], second = item.HalfWords[1];
        if ((first & 0xFBF0) != opcode || (second & 0x8000) != 0 || (second >> 8 & 15) != register) return null;
        return (uint)((first & 15) << 12 | (first >> 10 & 1) << 11 | (second >> 12 & 7) << 8 | second & 0xFF);
    }

    private ushort Half(uint at) => BinaryPrimitives.ReadUInt16LittleEndian(section.Data.AsSpan((int)at));

    private static BuildError Unexpected(string function, uint offset, string what) =>
        new($"the post-link step does not know this code of the compiler: {what} at +0x{offset:X} in {function}. Change the method, or teach build/postlink/Decoder.cs.");
}
