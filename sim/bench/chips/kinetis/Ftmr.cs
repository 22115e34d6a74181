using System.Buffers.Binary;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>
/// Flash module of the Kinetis KE0x (MKE02Z64M20SF0RM 18, MKE06P80M48SF0RM 18): commands of up to six half-words behind an index, started by a one to FSTAT.CCIF; sectors of 512 bytes, one or two
/// long words at once. Nothing is done before FCLKDIV was written, and a flash clock outside 0.8 to 1.05 MHz stops the target: the manual forbids it. The configuration field is at 0x40C. The KE02's
/// EEPROM is not modelled.
/// </summary>
public sealed class Ftmr : MdmFlash
{
    public const uint SecurityOffset = 0x40E;
    private const uint ProtectionOffset = 0x40D, OptionOffset = 0x40F, Sector = 512, ProtectedBelow = 0x8000;
    private const byte Mgstat = 3, Loaded = 0x80, Locked = 0x40, Divider = 0x3F;
    private const byte Open = 0x80, HighOff = 0x20, LowOff = 4;
    private const ulong Slowest = 790_000, Fastest = 1_060_000;

    private readonly Func<ulong> _busHertz;
    private readonly FtmrKind.Register?[] _places = new FtmrKind.Register?[16];
    private readonly ushort[] _command = new ushort[6];
    private readonly string _name;
    private byte _divider, _protection, _option, _index;

    /// <param name="die">The chip.</param>
    /// <param name="array">Program flash.</param>
    /// <param name="kind">Which of the two.</param>
    /// <param name="busHertz">The bus clock, of which FCLKDIV makes the flash's.</param>
    public Ftmr(Die die, MemoryRegion array, FtmrKind kind, Func<ulong> busHertz) : base(die, array, kind.Name)
    {
        (_busHertz, _name) = (busHertz, kind.Name);
        foreach (var (register, offset) in kind.Registers) _places[offset] = register;
        Load();
    }

    protected override byte Status { get; set; }
    protected override byte Security { get; set; }

    public override bool EraseFromOutside(Action finished)
    {
        if (Work.Busy) return false;
        EraseEverything(FtmrKind.EraseAll, () =>
        {
            Flash.Span[(int)SecurityOffset] = 0xFE;
            finished();
        });
        return true;
    }

    public override void Write(uint offset, uint value, int width)
    {
        if (width != 1) throw new BenchStop($"{_name}: {width * 8}-bit write to offset 0x{offset:X}; its registers are bytes");
        WriteByte(offset, (byte)value);
    }

    protected override byte ReadByte(uint offset)
    {
        switch (offset >= 16 ? null : _places[offset])
        {
            case FtmrKind.Register.Clkdiv: return _divider;
            case FtmrKind.Register.Sec: return Security;
            case FtmrKind.Register.Ccobix: return _index;
            case FtmrKind.Register.Stat: return Work.Busy ? Status : (byte)(Status | Ccif);
            case FtmrKind.Register.Prot: return _protection;
            case FtmrKind.Register.Ccobhi: return (byte)(_command[_index] >> 8);
            case FtmrKind.Register.Ccoblo: return unchecked((byte)_command[_index]);
            case FtmrKind.Register.Opt: return _option;
            case FtmrKind.Register.Eeprot: return 0xFF;
            default: return 0;
        }
    }

    private void WriteByte(uint offset, byte value)
    {
        switch (offset >= 16 ? null : _places[offset])
        {
            case FtmrKind.Register.Clkdiv:
                if (!Work.Busy && (_divider & Locked) == 0) _divider = (byte)(value & (Locked | Divider) | Loaded);
                break;
            case FtmrKind.Register.Ccobix:
                if ((value & 7) > 5) throw new BenchStop($"{_name}.FCCOBIX: {value & 7} written; the command has six half-words");
                if (!Work.Busy) _index = (byte)(value & 7);
                break;
            case FtmrKind.Register.Ccobhi:
                if (!Work.Busy) _command[_index] = (ushort)(_command[_index] & 0xFF | value << 8);
                break;
            case FtmrKind.Register.Ccoblo:
                if (!Work.Busy) _command[_index] = (ushort)(_command[_index] & 0xFF00 | value);
                break;
            case FtmrKind.Register.Stat:
                WriteStatus(value, Accerr | Fpviol);
                break;
            case FtmrKind.Register.Cnfg when value != 0:
                throw new BenchStop($"{_name}.FCNFG: 0x{value:X2} written; interrupts and erase suspend are not modelled");
            case FtmrKind.Register.Prot:
                // Only a larger protection is taken; the transitions of the manual's table that shrink one region and grow another are not told apart.
                _protection &= value;
                break;
        }
    }

    protected override void Load()
    {
        Array.Clear(_command);
        (_divider, _index, Status) = (0, 0, 0);
        var span = Flash.Span;
        (_protection, Security, _option) = (span[(int)ProtectionOffset], span[(int)SecurityOffset], span[(int)OptionOffset]);
        RaiseChanged();
    }

    private uint Address => (uint)(_command[0] & 0xFF) << 16 | _command[1];

    protected override void Launch()
    {
        Status &= unchecked((byte)~Mgstat);
        if ((_divider & Loaded) == 0)
        {
            Refuse(Accerr);
            return;
        }
        CheckClock();
        int code = _command[0] >> 8;
        switch (code, _index)
        {
            case (0x01, 0) or (0x02, 0): Run(0, 0, FtmrKind.Check, () => Fail(!IsErased(0, Flash.Size))); break;
            case (0x03, 2):
                if (Takes(Address, _command[2] * 4u, 4))
                {
                    uint from = Address, length = _command[2] * 4u;
                    Run(0, 0, FtmrKind.Check, () => Fail(!IsErased(from, length)));
                }
                break;
            case (0x06, 3) or (0x06, 5): Program(Address, _index - 1); break;
            case (0x08, 0) or (0x09, 1) or (0x0B, 0): EraseAll(); break;
            case (0x0A, 1):
                if (Takes(Address, 4, 4) && MayChange(Address)) EraseSector(Address, Sector, FtmrKind.SectorErase);
                break;
            case (0x04 or 0x07 or 0x0C or 0x0D or 0x0E or 0x0F or 0x10 or 0x11 or 0x12, _): throw new BenchStop($"{_name}: command 0x{code:X2} is not modelled");
            default: Refuse(Accerr); break;
        }
    }

    private void CheckClock()
    {
        ulong hertz = _busHertz() / ((ulong)(_divider & Divider) + 1);
        if (hertz is < Slowest or > Fastest) throw new BenchStop($"{_name}: a command with a flash clock of {hertz} Hz; the manual allows 0.8 to 1.05 MHz");
    }

    private void Fail(bool wrong)
    {
        if (wrong) Status |= Mgstat;
    }

    /// <summary>FPROT: a region from 0 on and one that ends at 0x8000; with FPOPEN they are what is protected, without it what is not.</summary>
    protected override bool IsProtected(uint address)
    {
        uint low = 0x800u << (_protection & 3), high = 0x400u << (_protection >> 3 & 3);
        bool inside = (_protection & LowOff) == 0 && address < low || (_protection & HighOff) == 0 && address < ProtectedBelow && address >= ProtectedBelow - high;
        return inside == ((_protection & Open) != 0);
    }

    private void Program(uint address, int halfwords)
    {
        uint length = (uint)halfwords * 2;
        if (!Takes(address, length, 4) || !MayChange(address)) return;
        Span<byte> data = stackalloc byte[8];
        for (int i = 0; i < halfwords; i++) BinaryPrimitives.WriteUInt16LittleEndian(data[(i * 2)..], _command[2 + i]);
        bool wrong = Burn(address, data[..(int)length]);
        Run(address, length, length == 4 ? FtmrKind.Word : FtmrKind.TwoWords, () => Fail(wrong));
    }

    /// <summary>"Erase all", "erase block" (there is one) and "unsecure": all of them refuse while anything is protected, and open the part until its next reset.</summary>
    private void EraseAll()
    {
        if (MayChangeAll(Sector)) EraseEverything(FtmrKind.EraseAll, () => { });
    }
}
