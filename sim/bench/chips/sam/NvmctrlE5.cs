using System.Buffers.Binary;

namespace SharpProbe.Sim.Chips.Sam;

/// <summary>
/// NVMCTRL of SAM D5x/E5x (DS60001507, "NVMCTRL"): pages of 512 bytes, blocks of 16 that are erased together, quad words as the smallest that can be programmed, ECC over double words, 32 lock
/// regions. SmartEEPROM, the swap of banks, automatic write modes, power modes and interrupts are not modelled.
/// </summary>
public sealed class NvmctrlE5 : SamNvm
{
    public const uint PageSize = 512, BlockSize = 8192;
    private const uint QuadWord = 16, EccUnit = 8;
    private const ulong Microsecond = TimeBase.Second / 1_000_000;
    // OpenOCD's driver cites table 54-40: 200 ms for a block at most. The rest is of the same order as other parts' of this maker; no table was at hand.
    public const ulong Block = 100_000 * Microsecond;
    private const ulong QuadWordTime = 110 * Microsecond;
    private const uint DoneFlag = 1, Addre = 2, Proge = 4, Locke = 8, Flags = 0x7FF;

    private readonly SamRegister _flag, _address;
    private readonly bool[] _written;
    private uint _bootProt;
    private bool _chipEraseLocked;

    public NvmctrlE5(Die die, FlashWork work, MemoryRegion flash, MemoryRegion userRow) : base(die, work, flash, userRow, PageSize, 32)
    {
        _written = new bool[flash.Size / EccUnit];
        ReadOnlySpan<uint> factory = [0xFE9A_9239, 0xAEEC_FF80, 0xFFFF_FFFF, 0xFFFF_FFFF, 0x0080_4010];
        for (int i = 0; i < factory.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(userRow.Span[(i * 4)..], factory[i]);
        Add(new() { Name = "CTRLA", Offset = 0x00, Size = 2, Reset = 0x0004, WriteMask = 0xFFFC, OnWrite = v => { if ((v & 0x30) != 0) throw new BenchStop("NVMCTRL.CTRLA: automatic write modes (WMODE) are not modelled"); } });
        Add(new() { Name = "CTRLB", Offset = 0x04, Size = 2, OnWrite = Execute });
        Add(new() { Name = "PARAM", Offset = 0x08, Size = 4, OnRead = () => 6u << 16 | flash.Size / PageSize });
        Add(new() { Name = "INTENCLR", Offset = 0x0C, Size = 2 });
        Add(new() { Name = "INTENSET", Offset = 0x0E, Size = 2, OnWrite = v => { if (v != 0) throw new BenchStop("NVMCTRL: its interrupts are not modelled"); } });
        _flag = Add(new() { Name = "INTFLAG", Offset = 0x10, Size = 2, OnWrite = v => _flag!.Value &= ~(v & Flags) });
        Add(new() { Name = "STATUS", Offset = 0x12, Size = 2, OnRead = () => (Work.Busy ? 0u : 1) | (Loaded ? 4u : 0) | 1 << 4 | _bootProt << 8 });
        _address = Add(new() { Name = "ADDR", Offset = 0x14, Size = 4, WriteMask = 0x00FF_FFFF });
        Add(new() { Name = "RUNLOCK", Offset = 0x18, Size = 4, OnRead = () => Locks });
        Add(new() { Name = "ECCERR", Offset = 0x24, Size = 4 });
        Add(new() { Name = "DBGCTRL", Offset = 0x28, Size = 1, WriteMask = 3 });
        Add(new() { Name = "SEECFG", Offset = 0x2A, Size = 1, WriteMask = 3 });
        Add(new() { Name = "SEESTAT", Offset = 0x2C, Size = 4 });
    }

    /// <summary>CELCK: the DSU's chip erase is refused until CEULCK or a reset.</summary>
    public bool ChipEraseLocked => _chipEraseLocked;

    /// <summary>NVMBOOT, bits 29:26 of the user page, in blocks of 8 KB counted down from 15.</summary>
    public override uint BootProtected => (15 - _bootProt) * BlockSize;

    protected override uint StoredLocks => BinaryPrimitives.ReadUInt32LittleEndian(UserRow.Span[8..]);
    protected override ulong PageTime => 2500 * Microsecond;
    protected override ulong ChipEraseTime => 500_000 * Microsecond;
    protected override uint Address { get => _address.Value; set => _address.Value = value; }

    public override void Reset()
    {
        base.Reset();
        _bootProt = BinaryPrimitives.ReadUInt32LittleEndian(UserRow.Span) >> 26 & 15;
        _chipEraseLocked = false;
    }

    protected override bool AllowsWidth(int width) => width == 4;

    protected override void Execute(byte command)
    {
        switch (command)
        {
            case 0x00: EraseUserRow(Block); break;
            case 0x01: EraseMain(BlockSize, Block); break;
            // WP is "not supported in the user page".
            case 0x03 when Address >= UserRowAddress: Refuse(Refusal.Address); break;
            case 0x03: Program(PageSize, PageTime, userRow: false); break;
            case 0x04: Program(QuadWord, QuadWordTime, userRow: false); break;
            case 0x11: SetLock(true); break;
            case 0x12: SetLock(false); break;
            case 0x15: Clear(); Done(); break;
            case 0x16: SetSecurityBit(); Done(); break;
            case 0x18: _chipEraseLocked = true; Done(); break;
            case 0x19: _chipEraseLocked = false; Done(); break;
            default: throw new BenchStop($"NVMCTRL.CTRLB: command 0x{command:X2} is not modelled");
        }
    }

    protected override void Done() => _flag.Value |= DoneFlag;

    /// <summary>The flag comes with DONE: the command is over.</summary>
    protected override void Refuse(Refusal why) => _flag.Value |= DoneFlag | why switch { Refusal.Locked => Locke, Refusal.Address => Addre, _ => Proge };

    protected override void Erased(uint offset, uint length) => _written.AsSpan((int)(offset / EccUnit), (int)(length / EccUnit)).Clear();

    /// <summary>A double word that is programmed a second time gets the wrong ECC; all ones change nothing.</summary>
    protected override void Programming(MemoryRegion region, uint offset, uint length)
    {
        if (region != Flash) return;
        for (uint at = offset; at < offset + length; at += EccUnit)
        {
            if (!Buffer.Slice((int)(at % PageSize), (int)EccUnit).ContainsAnyExcept((byte)0xFF)) continue;
            if (_written[at / EccUnit]) throw new BenchStop($"NVMCTRL: the double word at 0x{at:X8} is programmed again without an erase; its ECC would be wrong");
            _written[at / EccUnit] = true;
        }
    }
}
