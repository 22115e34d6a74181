using System.Buffers.Binary;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>
/// Flash module of the Kinetis parts (KL25 Sub-Family Reference Manual 27, K64 Sub-Family Reference Manual 29): byte registers, twelve of them a command with its arguments, started by a one to
/// FSTAT.CCIF. A mistake sets ACCERR or FPVIOL, and nothing starts while one of them stands; what a command found wrong is in MGSTAT0. While a command runs the flash cannot be read: the debugger
/// gets RDCOLERR, a core that fetches from it stops the target. The configuration field at 0x400 counts from the next reset on.
/// </summary>
public sealed class Ftfx : MdmFlash
{
    public const uint FieldStart = 0x400, FsecOffset = 0x40C;
    private const int Fstat = 0, Fcnfg = 1, Fsec = 2, Fopt = 3, Fccob = 4, Fprot = 0x10, Feprot = 0x16, Fdprot = 0x17, Facss = 0x28, Facsn = 0x2B;
    private const byte Mgstat0 = 1, Rdcolerr = 0x40, Ersareq = 0x20, RamReady = 2;
    private const int Regions = 32, OnceWords = 16;

    private readonly MemoryRegion? _sectionRam;
    private readonly FtfxKind _kind;
    private readonly byte[] _registers = new byte[0x18];
    private readonly byte[] _once = new byte[OnceWords * 4];

    /// <param name="die">The chip.</param>
    /// <param name="array">Program flash.</param>
    /// <param name="kind">Generation.</param>
    /// <param name="sectionRam">Programming acceleration RAM; null: the part has no section command.</param>
    public Ftfx(Die die, MemoryRegion array, FtfxKind kind, MemoryRegion? sectionRam = null) : base(die, array, kind.Name)
    {
        (_kind, _sectionRam) = (kind, sectionRam);
        _once.AsSpan().Fill(0xFF);
        Load();
    }

    /// <summary>FSEC.MEEN is not 10b.</summary>
    public override bool MayMassErase => (_registers[Fsec] >> 4 & 3) != 2;

    protected override byte Status { get => _registers[Fstat]; set => _registers[Fstat] = value; }
    protected override byte Security { get => _registers[Fsec]; set => _registers[Fsec] = value; }

    /// <summary>"Triggering an Erase All External to the Flash Module".</summary>
    public override bool EraseFromOutside(Action finished)
    {
        if (!MayMassErase || Work.Busy) return false;
        _registers[Fcnfg] |= Ersareq;
        EraseEverything(_kind.EraseAll, () =>
        {
            Flash.Span[(int)FsecOffset] = 0xFE;
            _registers[Fcnfg] &= unchecked((byte)~Ersareq);
            finished();
        });
        return true;
    }

    /// <summary>The bytes of a wider access are written from the highest on, so that FSTAT starts what the others say.</summary>
    public override void Write(uint offset, uint value, int width)
    {
        for (int i = width - 1; i >= 0; i--) WriteByte(offset + (uint)i, (byte)(value >> i * 8));
    }

    protected override byte ReadByte(uint offset)
    {
        if (_kind.HasAccessControl && offset is >= 0x18 and < 0x2C) return offset switch { Facss => (byte)(Flash.Size / Regions >> 8), Facsn => Regions, < Facss => 0xFF, _ => 0 };
        if (offset >= _registers.Length) throw new CoreFault(FaultKind.PreciseBus, offset);
        return offset == Fstat ? (byte)(_registers[Fstat] | (Work.Busy ? 0 : Ccif)) : _registers[offset];
    }

    private void WriteByte(uint offset, byte value)
    {
        switch (offset)
        {
            case Fstat:
                WriteStatus(value, Rdcolerr | Accerr | Fpviol);
                break;
            case Fcnfg:
                if ((value & 0xD0) != 0) throw new BenchStop($"{_kind.Name}.FCNFG: 0x{value:X2} written; interrupts and erase suspend are not modelled");
                break;
            case >= Fccob and < Fprot:
                if (!Work.Busy) _registers[offset] = value;
                break;
            case >= Fprot and < Fprot + 4 or Feprot or Fdprot:
                _registers[offset] &= value;         // protection can only grow ("NVM Normal mode")
                break;
        }
    }

    protected override void Load()
    {
        Array.Clear(_registers);
        var field = Flash.Span.Slice((int)FieldStart, 16);
        field.Slice(8, 4).CopyTo(_registers.AsSpan(Fprot));
        (_registers[Fsec], _registers[Fopt]) = (field[12], field[13]);
        (_registers[Feprot], _registers[Fdprot]) = (field[14], field[15]);
        if (_sectionRam is not null) _registers[Fcnfg] = RamReady;
        RaiseChanged();
    }

    /// <summary>An argument by the manual's number: FCCOB3 to FCCOB0 are at offsets 4 to 7, and so on.</summary>
    private byte Argument(int number) => _registers[Fccob + (number & ~3) + (3 - (number & 3))];

    private uint Address => (uint)(Argument(1) << 16 | Argument(2) << 8 | Argument(3));

    protected override void Launch()
    {
        _registers[Fstat] &= unchecked((byte)~Mgstat0);
        byte command = Argument(0);
        uint address = Address;
        if (!_kind.Commands.Contains(command) || IsSecured && command is not (0x40 or 0x44 or 0x45 or 0x49))
        {
            Refuse(Accerr);
            return;
        }
        switch (command)
        {
            case 0x00: Verify(0, Flash.Size); break;         // all blocks are one here
            case 0x01: ReadSection(address, (uint)(Argument(4) << 8 | Argument(5)) * Chunk); break;
            case 0x02: ProgramCheck(address); break;
            case 0x06: Program(address, 4); break;
            case 0x07: Program(address, 8); break;
            case 0x09:
                if (Takes(address, 1, Chunk) && MayChange(address)) EraseSector(address, _kind.Sector, _kind.SectorErase);
                break;
            case 0x08 or 0x44: EraseAll(); break;
            case 0x0B: ProgramSection(address, (uint)(Argument(4) << 8 | Argument(5)) * Chunk); break;
            case 0x40: Run(0, 0, _kind.ReadAll, () => Fail(!IsErased(0, Flash.Size))); break;
            case 0x41: ReadOnce(Argument(1)); break;
            case 0x43: ProgramOnce(Argument(1)); break;
            case 0x49: EraseEverything(_kind.EraseAll, () => Flash.Span[(int)FsecOffset] = 0xFE); break;
            default: throw new BenchStop($"{_kind.Name}: command 0x{command:X2} is not modelled");
        }
    }

    /// <summary>Bytes that section commands count in: long words of the FTFA, 128 bits of the FTFE.</summary>
    private uint Chunk => _kind.Unit == 4 ? 4u : 16u;

    private void Fail(bool wrong)
    {
        if (wrong) _registers[Fstat] |= Mgstat0;
    }

    protected override bool IsProtected(uint address)
    {
        uint region = Math.Max(Flash.Size / Regions, 1024), mask = BinaryPrimitives.ReadUInt32LittleEndian(_registers.AsSpan(Fprot));
        return (mask >> (int)(address / region) & 1) == 0;
    }

    private void ReadSection(uint address, uint length)
    {
        if (Takes(address, length, Chunk)) Verify(address, length);
    }

    private void Verify(uint address, uint length) => Run(address, 0, _kind.Check, () => Fail(!IsErased(address, length)));

    private void ProgramCheck(uint address)
    {
        if (Argument(4) is not (1 or 2)) Refuse(Accerr);
        else if (Takes(address, 4, 4)) Run(address, 0, _kind.Check, () => Fail(!Flash.Span.Slice((int)address, 4).SequenceEqual(_registers.AsSpan(Fccob + 8, 4))));
    }

    private void Program(uint address, uint length)
    {
        if (!Takes(address, length, length) || !MayChange(address)) return;
        Span<byte> data = stackalloc byte[(int)length];
        // FCCOB4 to 7 are the long word at the address, FCCOB8 to B the one behind it, each stored as the processor has words.
        _registers.AsSpan(Fccob + 4, (int)length).CopyTo(data);
        bool wrong = Burn(address, data);
        Run(address, length, _kind.Program, () => Fail(wrong));
    }

    private void ProgramSection(uint address, uint length)
    {
        if (!Takes(address, length, Chunk) || !MayChange(address)) return;
        if (length > _sectionRam!.Size || address / _kind.Sector != (address + length - 1) / _kind.Sector)
        {
            Refuse(Accerr);
            return;
        }
        bool wrong = Burn(address, _sectionRam.Span[..(int)length]);
        Run(address, length, length / _kind.Unit * FtfxKind.SectionPhrase, () => Fail(wrong));
    }

    private void EraseAll()
    {
        if (MayChangeAll(_kind.Sector)) EraseEverything(_kind.EraseAll, () => { });
    }

    private void ReadOnce(byte index)
    {
        if (index >= OnceWords) Refuse(Accerr);
        else Run(0, 0, _kind.Check, () => _once.AsSpan(index * 4, 4).CopyTo(_registers.AsSpan(Fccob + 4)));
    }

    private void ProgramOnce(byte index)
    {
        if (index >= OnceWords || _once.AsSpan(index * 4, 4).ContainsAnyExcept((byte)0xFF)) Refuse(Accerr);
        else
        {
            _registers.AsSpan(Fccob + 4, 4).CopyTo(_once.AsSpan(index * 4));
            Run(0, 0, _kind.Program, () => { });
        }
    }

    protected override void NoteCollision() => _registers[Fstat] |= Rdcolerr;
}
