using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.Sam;

/// <summary>
/// What the non-volatile memory controllers of SAM D2x and SAM D5x/E5x have in common: a page buffer that is filled by writes to the flash's own addresses, commands with the key 0xA5, regions
/// that lock bits of the user row close, a boot loader's part, and the security bit.
/// </summary>
public abstract class SamNvm : SamBlock
{
    protected const uint UserRowAddress = 0x0080_4000;
    private const uint Key = 0xA5;
    private readonly byte[] _buffer;

    /// <param name="die">The chip.</param>
    /// <param name="work">What is under way.</param>
    /// <param name="flash">The main array, at 0.</param>
    /// <param name="userRow">The user row or page.</param>
    /// <param name="page">Bytes of the page buffer.</param>
    /// <param name="regions">Regions with a lock bit each.</param>
    protected SamNvm(Die die, FlashWork work, MemoryRegion flash, MemoryRegion userRow, uint page, int regions) : base("NVMCTRL")
    {
        (Die, Work, Flash, UserRow, Page, Regions) = (die, work, flash, userRow, page, regions);
        _buffer = new byte[page];
        flash.Span.Fill(0xFF);
        userRow.Span.Fill(0xFF);
        flash.OnWrite = (offset, value, width) => Load(flash, 0, offset, value, width);
        userRow.OnWrite = (offset, value, width) => Load(userRow, UserRowAddress, offset, value, width);
    }

    protected Die Die { get; }
    protected FlashWork Work { get; }
    protected MemoryRegion Flash { get; }
    protected MemoryRegion UserRow { get; }
    protected uint Page { get; }
    protected int Regions { get; }
    protected ReadOnlySpan<byte> Buffer => _buffer;

    /// <summary>Byte address of the ADDR register.</summary>
    protected abstract uint Address { get; set; }

    /// <summary>The same for commands of the auxiliary space.</summary>
    protected virtual uint AuxiliaryAddress => Address;

    /// <summary>The bit that a region has here is 1 where it is open.</summary>
    protected uint Locks { get; set; }

    protected bool Loaded { get; private set; }

    /// <summary>The security bit as it is stored; it counts from the next reset on.</summary>
    public bool SecurityBit { get; private set; }

    /// <summary>The debugger sees nothing but the DSU.</summary>
    public bool IsSecured { get; private set; }

    /// <summary>Bytes at the beginning that BOOTPROT of the user row closes.</summary>
    public abstract uint BootProtected { get; }

    /// <summary>Lock bits as the user row has them.</summary>
    protected abstract uint StoredLocks { get; }

    /// <summary>Time that a page takes, and a chip erase.</summary>
    protected abstract ulong PageTime { get; }
    protected abstract ulong ChipEraseTime { get; }

    public override void Reset()
    {
        base.Reset();
        Clear();
        Locks = StoredLocks;
        IsSecured = SecurityBit;
    }

    /// <summary>The DSU's chip erase: the whole main array, region locks and the security bit, whatever protects them. The user row stays.</summary>
    public void EraseChip(Action finished)
    {
        if (Work.Busy) Work.Abort();
        Flash.Span.Fill(0xFF);
        Erased(0, Flash.Size);
        Work.Begin(Flash, 0, Flash.Size, (0, Flash.Size), Die.Time.Now, ChipEraseTime, () =>
        {
            SecurityBit = false;
            finished();
        });
    }

    protected void Execute(uint written)
    {
        if (written >> 8 != Key || Work.Busy) Refuse(Refusal.Programming);
        else Execute((byte)(written & 0x7F));
    }

    protected abstract void Execute(byte command);

    protected abstract void Refuse(Refusal why);

    /// <summary>An operation has ended well.</summary>
    protected virtual void Done() { }

    /// <summary>Part of the main array is erased.</summary>
    protected virtual void Erased(uint offset, uint length) { }

    /// <summary>A page, or part of it, is about to be programmed.</summary>
    protected virtual void Programming(MemoryRegion region, uint offset, uint length) { }

    /// <summary>A word came into the page buffer.</summary>
    protected virtual void WordLoaded(uint address, int width) { }

    protected virtual bool AllowsWidth(int width) => width != 1;

    protected void Clear()
    {
        Array.Fill(_buffer, (byte)0xFF);
        Loaded = false;
    }

    protected void SetSecurityBit() => SecurityBit = true;

    /// <summary>The region of the main array that an address is in is opened or closed until the next reset.</summary>
    protected void SetLock(bool locked)
    {
        if (Address >= Flash.Size) Refuse(Refusal.Address);
        else
        {
            uint bit = 1u << (int)(Address / (Flash.Size / (uint)Regions));
            Locks = locked ? Locks & ~bit : Locks | bit;
            Done();
        }
    }

    protected void EraseMain(uint size, ulong duration)
    {
        uint offset = Address & ~(size - 1);
        if (Address >= Flash.Size) Refuse(Refusal.Address);
        else if (IsClosed(offset)) Refuse(Refusal.Locked);
        else
        {
            Flash.Span.Slice((int)offset, (int)size).Fill(0xFF);
            Erased(offset, size);
            Work.Begin(Flash, 0, Flash.Size, (offset, size), Die.Time.Now, duration, Done);
        }
    }

    protected void EraseUserRow(ulong duration)
    {
        if (AuxiliaryAddress - UserRowAddress >= UserRow.Size) Refuse(Refusal.Address);
        else if (IsSecured) Refuse(Refusal.Programming);
        else
        {
            UserRow.Span.Fill(0xFF);
            Work.Begin(UserRow, 0, UserRow.Size, (0, UserRow.Size), Die.Time.Now, duration, Done);
        }
    }

    /// <summary>Programs so many bytes of the page buffer at ADDR.</summary>
    protected void Program(uint size, ulong duration, bool userRow)
    {
        uint address = userRow ? AuxiliaryAddress : Address;
        bool inUserRow = address - UserRowAddress < UserRow.Size;
        uint offset = (inUserRow ? address - UserRowAddress : address) & ~(size - 1);
        if (userRow && !inUserRow || !inUserRow && address >= Flash.Size) Refuse(Refusal.Address);
        else if (inUserRow ? IsSecured : IsClosed(offset)) Refuse(inUserRow ? Refusal.Programming : Refusal.Locked);
        else
        {
            var region = inUserRow ? UserRow : Flash;
            Programming(region, offset, size);
            var cells = region.Span.Slice((int)offset, (int)size);
            for (int i = 0; i < cells.Length; i++) cells[i] &= _buffer[(offset + (uint)i) % Page];
            Clear();
            Work.Begin(region, 0, region.Size, (offset, size), Die.Time.Now, duration, Done);
        }
    }

    private bool IsClosed(uint offset) => offset < BootProtected || (Locks >> (int)(offset / (Flash.Size / (uint)Regions)) & 1) == 0;

    private void Load(MemoryRegion region, uint address, uint offset, uint value, int width)
    {
        if (!AllowsWidth(width)) throw new CoreFault(FaultKind.PreciseBus, region.Address + offset);
        Work.Wait();
        for (int i = 0; i < width; i++) _buffer[(offset + (uint)i) % Page] &= (byte)(value >> i * 8);
        (Address, Loaded) = (address + offset, true);
        WordLoaded(address + offset, width);
    }

    /// <summary>Why a command is not carried out.</summary>
    protected enum Refusal
    {
        Programming,
        Locked,
        Address,
    }
}
