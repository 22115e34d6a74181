namespace SharpProbe.Sim.Chips.Efm32;

/// <summary>
/// What the memory system controllers of EFM32 and EFR32 have in common (EFM32GG, EFR32xG12 and EFR32xG22 reference manuals, "MSC"): an address, a page erased or words written, each word at most twice between two
/// erases. A sequence of words goes on while the next one comes within 30 µs; the address counts within the page. The core's reads of flash wait meanwhile. Double words and interrupts are not modelled.
/// </summary>
public abstract class Msc : Peripheral
{
    protected const uint Busy = 1, Locked = 2, Invalid = 4, DataReady = 8;
    private const ulong WordTimeout = 30 * TimeBase.Second / 1_000_000;
    private const byte WritesPerWord = 2;

    private readonly Die _die;
    private readonly MscTimes _times;
    private readonly MemoryRegion _flash;
    private readonly MemoryRegion[] _regions;
    private readonly byte[] _writes;
    private uint _address, _data;
    private bool _hasData, _inSequence, _goesOn;
    private ulong _until;
    private TimeBase.Event? _timeout;

    /// <param name="flash">The main flash, and what else is erased and written through the controller.</param>
    protected Msc(Die die, FlashWork work, MscTimes times, uint pageSize, MemoryRegion flash, params MemoryRegion[] further) : base("MSC")
    {
        (_die, Work, _times, PageSize, _flash) = (die, work, times, pageSize, flash);
        _regions = [flash, .. further];
        _writes = new byte[flash.Size / 4];
        foreach (var region in _regions)
        {
            region.Span.Fill(0xFF);
            // Nothing is written but through the controller: a store is ignored, or a bus fault (CTRL.BUSFAULT, which is set after reset).
            region.OnWrite = (offset, _, _) => throw new Cpu.CoreFault(Cpu.FaultKind.PreciseBus, region.Address + offset);
        }
    }

    public uint PageSize { get; }

    protected FlashWork Work { get; }

    /// <summary>INVADDR and LOCKED of the loaded address.</summary>
    protected uint AddressStatus { get; private set; }

    /// <summary>Of the last sequence: no further word came in time.</summary>
    protected bool TimedOut { get; private set; }

    protected bool IsBusy => Work.Busy || _inSequence;

    protected bool HasRoom => !_hasData;

    public override void Reset()
    {
        base.Reset();
        _timeout?.Cancel();
        (_timeout, _hasData, _inSequence, TimedOut, AddressStatus) = (null, false, false, false, 0);
    }

    /// <summary>The page of this address may not be changed.</summary>
    protected abstract bool IsLocked(uint address);

    protected void LoadAddress(uint address)
    {
        _address = address & ~3u;
        TimedOut = false;
        AddressStatus = Find(_address, out _) is null ? Invalid : IsLocked(_address) ? Locked : 0;
    }

    /// <summary>A word for WDATA. False: there was no room, and it is ignored ("must be written when WDATAREADY is set").</summary>
    protected bool TakeWord(uint value)
    {
        if (_hasData) return false;
        (_data, _hasData) = (value, true);
        // The sequence waits for it.
        if (_inSequence && !Work.Busy) StartWord(_die.Time.Now, first: false);
        return true;
    }

    /// <summary>Starts to write what WDATA holds.</summary>
    /// <param name="goesOn">As the first word of a sequence.</param>
    protected void Begin(bool goesOn)
    {
        if (IsBusy || !_hasData || AddressStatus != 0) return;
        _goesOn = goesOn;
        StartWord(_die.Time.Now, first: true);
    }

    protected void EndSequence() => _goesOn = false;

    protected void ClearData() => _hasData = false;

    protected void ErasePage()
    {
        if (AddressStatus != 0 || Find(_address, out uint offset) is not { } region) return;
        offset &= ~(PageSize - 1);
        EraseCells(region, offset, PageSize, _times.Page);
    }

    protected void EraseMain(uint offset, uint size) => EraseCells(_flash, offset, size, _times.Mass);

    /// <summary>Main flash and what else is said, whatever is locked.</summary>
    protected void EraseAll(Action finished, params MemoryRegion[] further)
    {
        if (Work.Busy) Work.Abort();
        foreach (var region in further) region.Span.Fill(0xFF);
        EraseCells(_flash, 0, _flash.Size, _times.Mass, finished);
    }

    private MemoryRegion? Find(uint address, out uint offset)
    {
        foreach (var region in _regions)
        {
            offset = address - region.Address;
            if (offset < region.Size) return region;
        }
        offset = 0;
        return null;
    }

    private void EraseCells(MemoryRegion region, uint offset, uint size, ulong duration, Action? finished = null)
    {
        region.Span.Slice((int)offset, (int)size).Fill(0xFF);
        if (region == _flash) _writes.AsSpan((int)offset / 4, (int)size / 4).Clear();
        Work.Begin(region, 0, region.Size, (offset, size), _die.Time.Now, duration, finished ?? (() => { }));
    }

    private void StartWord(ulong start, bool first)
    {
        _timeout?.Cancel();
        _timeout = null;
        var region = Find(_address, out uint offset)!;
        if (region == _flash && ++_writes[offset / 4] > WritesPerWord) throw new BenchStop($"MSC: the word at 0x{_address:X8} is written a third time since its erase");
        var cells = region.Span.Slice((int)offset, 4);
        BitConverter.TryWriteBytes(cells, BitConverter.ToUInt32(cells) & _data);
        (_hasData, _inSequence, TimedOut) = (false, _goesOn, false);
        _address = _address & ~(PageSize - 1) | _address + 4 & PageSize - 1;
        ulong duration = first ? _times.First : _times.Next;
        _until = start + duration;
        Work.Begin(region, 0, region.Size, (offset, 4), start, duration, WordDone);
    }

    private void WordDone()
    {
        if (_inSequence && _hasData) StartWord(_until, first: false);
        else if (_inSequence && _goesOn) _timeout = _die.Time.At(_until + WordTimeout, StopWaiting);
        else _inSequence = false;
    }

    private void StopWaiting()
    {
        (_timeout, _inSequence, TimedOut) = (null, false, true);
    }
}
