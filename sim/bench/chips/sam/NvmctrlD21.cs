using System.Buffers.Binary;

namespace SharpProbe.Sim.Chips.Sam;

/// <summary>
/// NVMCTRL of SAM D21 (DS40001882, "NVMCTRL"), and with other sizes of all SAM D, L2x and C: pages of 64 bytes, rows of four that are erased together and take eight page writes between two erases,
/// 16 lock regions. Power modes, cache and wait states are kept without effect; interrupts are not modelled.
/// </summary>
public sealed class NvmctrlD21 : SamNvm
{
    public const uint PageSize = 64, RowSize = 256;
    private const ulong Microsecond = TimeBase.Second / 1_000_000;
    // DS40001882, "Maximum NVM characteristics": tFPP 2.5 ms, tFRE 6 ms, tFCE 240 ms.
    public const ulong Row = 6000 * Microsecond;
    private const uint Prog = 1 << 2, Locke = 1 << 3, Nvme = 1 << 4, Errors = Prog | Locke | Nvme, Sb = 1 << 8, LoadBit = 2, ManualWrite = 1 << 7;
    private const byte WritesPerRow = 8;

    private readonly SamRegister _ctrlb, _status, _address;
    private readonly byte[] _writes;
    private uint _errors;
    private bool _error;

    public NvmctrlD21(Die die, FlashWork work, MemoryRegion flash, MemoryRegion userRow) : base(die, work, flash, userRow, PageSize, 16)
    {
        _writes = new byte[flash.Size / RowSize];
        BinaryPrimitives.WriteUInt64LittleEndian(userRow.Span, 0xFFFF_FC5D_D8E0_C7FF);
        Add(new() { Name = "CTRLA", Offset = 0x00, Size = 2, OnWrite = Execute });
        _ctrlb = Add(new() { Name = "CTRLB", Offset = 0x04, Size = 4, Reset = ManualWrite, WriteMask = 0x0007_039E });
        Add(new() { Name = "PARAM", Offset = 0x08, Size = 4, OnRead = () => 3u << 16 | flash.Size / PageSize });
        Add(new() { Name = "INTENCLR", Offset = 0x0C, Size = 1, OnWrite = v => { if (v != 0) NoInterrupts(); } });
        Add(new() { Name = "INTENSET", Offset = 0x10, Size = 1, OnWrite = v => { if (v != 0) NoInterrupts(); } });
        Add(new() { Name = "INTFLAG", Offset = 0x14, Size = 1, OnRead = () => (Work.Busy ? 0u : 1) | (_error ? 2u : 0), OnWrite = v => { if ((v & 2) != 0) _error = false; } });
        _status = Add(new() { Name = "STATUS", Offset = 0x18, Size = 2, OnRead = () => _errors | (Loaded ? LoadBit : 0) | (IsSecured ? Sb : 0), OnWrite = v => _errors &= ~(v & Errors) });
        _address = Add(new() { Name = "ADDR", Offset = 0x1C, Size = 4, WriteMask = 0x003F_FFFF });
        Add(new() { Name = "LOCK", Offset = 0x20, Size = 2, OnRead = () => Locks });
    }

    /// <summary>BOOTPROT, bits 2:0 of the user row: 7 none, 0 the largest.</summary>
    public override uint BootProtected => (UserRow.Span[0] & 7) == 7 ? 0 : 512u << 6 - (UserRow.Span[0] & 7);

    protected override uint StoredLocks => BinaryPrimitives.ReadUInt16LittleEndian(UserRow.Span[6..]);
    protected override ulong PageTime => 2500 * Microsecond;
    protected override ulong ChipEraseTime => 240_000 * Microsecond;

    /// <summary>ADDR counts half-words.</summary>
    protected override uint Address { get => _address.Value << 1; set => _address.Value = value >> 1; }

    /// <summary>Its 22 bits do not reach the auxiliary space: the command says that it is meant.</summary>
    protected override uint AuxiliaryAddress => Address | 0x0080_0000;

    public override void Reset()
    {
        base.Reset();
        (_errors, _error) = (0, false);
    }

    protected override void Execute(byte command)
    {
        switch (command)
        {
            case 0x02: EraseMain(RowSize, Row); break;
            case 0x04: Program(PageSize, PageTime, userRow: false); break;
            case 0x05: EraseUserRow(Row); break;
            case 0x06: Program(PageSize, PageTime, userRow: true); break;
            case 0x40: SetLock(true); break;
            case 0x41: SetLock(false); break;
            case 0x44: Clear(); break;
            case 0x45: SetSecurityBit(); break;
            case 0x46: break;           // INVALL
            default: throw new BenchStop($"NVMCTRL.CTRLA: command 0x{command:X2} is not modelled");
        }
    }

    protected override void Refuse(Refusal why)
    {
        _errors |= why switch { Refusal.Locked => Locke, Refusal.Address => Nvme, _ => Prog };
        _error = true;
    }

    protected override void Erased(uint offset, uint length) => _writes.AsSpan((int)(offset / RowSize), (int)(length / RowSize)).Clear();

    /// <summary>"A maximum of 8 consecutive writes is allowed per row" (NVM write).</summary>
    protected override void Programming(MemoryRegion region, uint offset, uint length)
    {
        if (region == Flash && ++_writes[offset / RowSize] > WritesPerRow) throw new BenchStop($"NVMCTRL: the row at 0x{offset & ~(RowSize - 1):X8} is written more than {WritesPerRow} times since its erase");
    }

    /// <summary>Without MANW the last half-word of a page starts it.</summary>
    protected override void WordLoaded(uint address, int width)
    {
        if ((_ctrlb.Value & ManualWrite) == 0 && (address + (uint)width) % PageSize == 0 && address < Flash.Size) Execute((byte)0x04);
    }

    private static void NoInterrupts() => throw new BenchStop("NVMCTRL: its interrupts are not modelled");
}
