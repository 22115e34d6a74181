using System.Buffers.Binary;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>Decodes the line program of .debug_line, moves its addresses and encodes it anew (DWARF 4, 6.2.5).</summary>
sealed class LineTable(ElfSection section, ElfSection code, Layout layout)
{
    private const int HeaderFixed = 10;                     // unit_length, version, header_length
    private const byte Copy = 1, AdvancePc = 2, AdvanceLine = 3, SetFile = 4, SetColumn = 5, NegateStatement = 6, ConstAddPc = 8, FixedAdvancePc = 9, SetPrologueEnd = 10;
    private const byte EndSequence = 1, SetAddress = 2;

    private readonly byte[] _data = section.Data;
    private readonly Dictionary<uint, ElfRelocation> _relocations = section.Relocations.ToDictionary(relocation => relocation.Offset);
    private readonly List<ElfRelocation> _newRelocations = [];

    public void Update()
    {
        List<byte> output = [];
        for (int unit = 0; unit < _data.Length;)
        {
            int length = 4 + (int)Word(unit), program = unit + HeaderFixed + (int)Word(unit + 6), start = output.Count;
            if (Half(unit + 4) is < 2 or > 4) throw new BuildError($"the compiler's line table has version {Half(unit + 4)}, which the post-link step does not know");
            output.AddRange(_data.AsSpan(unit, program - unit));
            Program(unit, program, unit + length, output);
            BinaryPrimitives.WriteUInt32LittleEndian(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(output)[start..], (uint)(output.Count - start - 4));
            unit += length;
        }
        section.Data = [.. output];
        section.Size = (uint)output.Count;
        section.Relocations = _newRelocations;
    }

    private void Program(int unit, int at, int end, List<byte> output)
    {
        int minimum = _data[unit + 10], lineBase = (sbyte)_data[unit + 13], lineRange = _data[unit + 14], opcodeBase = _data[unit + 15];
        bool defaultStatement = _data[unit + 12] != 0;
        List<LineRow> rows = [];
        ElfRelocation? origin = null;
        LineRow state = new(0, 1, 1, 0, defaultStatement, false, false);
        while (at < end)
        {
            byte opcode = _data[at++];
            if (opcode >= opcodeBase)
            {
                int step = opcode - opcodeBase;
                state.Address += (uint)(step / lineRange * minimum);
                state.Line += lineBase + step % lineRange;
                Append();
            }
            else if (opcode == 0)
            {
                int length = (int)Leb128.ReadUnsigned(_data, ref at);
                int next = at + length;
                if (_data[at] == SetAddress)
                {
                    origin = _relocations.TryGetValue((uint)at + 1, out ElfRelocation relocation) ? relocation : null;
                    state.Address = Word(at + 1);
                }
                else if (_data[at] == EndSequence)
                {
                    rows.Add(state with { EndSequence = true });
                    Sequence(rows, origin, minimum, defaultStatement, output);
                    rows = [];
                    state = new LineRow(0, 1, 1, 0, defaultStatement, false, false);
                }
                at = next;
            }
            else
            {
                switch (opcode)
                {
                    case Copy: Append(); break;
                    case AdvancePc: state.Address += (uint)((int)Leb128.ReadUnsigned(_data, ref at) * minimum); break;
                    case AdvanceLine: state.Line += (int)Leb128.ReadSigned(_data, ref at); break;
                    case SetFile: state.File = (uint)Leb128.ReadUnsigned(_data, ref at); break;
                    case SetColumn: state.Column = (uint)Leb128.ReadUnsigned(_data, ref at); break;
                    case NegateStatement: state.IsStatement = !state.IsStatement; break;
                    case ConstAddPc: state.Address += (uint)((255 - opcodeBase) / lineRange * minimum); break;
                    case FixedAdvancePc: state.Address += Half(at); at += 2; break;
                    case SetPrologueEnd: state.PrologueEnd = true; break;
                    default:
                        for (int i = 0; i < _data[unit + 15 + opcode]; i++) Leb128.ReadUnsigned(_data, ref at);
                        break;
                }
            }
        }

        void Append()
        {
            rows.Add(state);
            state.PrologueEnd = false;
        }
    }

    /// <summary>Standard opcodes only: a few bytes more than special opcodes, in a section that is never loaded.</summary>
    private void Sequence(List<LineRow> rows, ElfRelocation? origin, int minimum, bool defaultStatement, List<byte> output)
    {
        bool moved = origin is { } relocation && relocation.Symbol.Section == code && relocation.Symbol.Type == ElfSymbol.SectionType;
        LineRow state = new(rows[0].Address, 1, 1, 0, defaultStatement, false, false);
        output.AddRange([0, 5, SetAddress]);
        if (origin is { } at) _newRelocations.Add(at with { Offset = (uint)output.Count });
        byte[] address = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(address, state.Address);
        output.AddRange(address);
        uint place = moved ? layout.Map(state.Address) : state.Address;
        foreach (LineRow row in rows)
        {
            if (moved && !row.EndSequence && !layout.IsKept(row.Address)) continue;
            uint target = moved ? layout.Map(row.Address) : row.Address;
            if (target > place)
            {
                output.Add(AdvancePc);
                Leb128.WriteUnsigned(output, (target - place) / (uint)minimum);
                place = target;
            }
            if (row.EndSequence) break;
            if (row.File != state.File) { output.Add(SetFile); Leb128.WriteUnsigned(output, row.File); }
            if (row.Column != state.Column) { output.Add(SetColumn); Leb128.WriteUnsigned(output, row.Column); }
            if (row.IsStatement != state.IsStatement) output.Add(NegateStatement);
            if (row.Line != state.Line) { output.Add(AdvanceLine); Leb128.WriteSigned(output, row.Line - state.Line); }
            if (row.PrologueEnd) output.Add(SetPrologueEnd);
            output.Add(Copy);
            state = row;
        }
        output.AddRange([0, 1, EndSequence]);
    }

    private uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_data.AsSpan(at));

    private ushort Half(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_data.AsSpan(at));
}
