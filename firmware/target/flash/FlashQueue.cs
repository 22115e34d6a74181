using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Flash;

/// <summary>
/// Flash work of the attached target: what gdb sends is copied here and goes on in slices of about a millisecond, so that the next packet travels while this one is
/// programmed. A failure ends all that is queued, and the next call tells it.
/// </summary>
public sealed class FlashQueue(Clock clock, Background background, int capacity = FlashQueue.DefaultCapacity)
{
    /// <summary>Bytes that wait. The packet that brings more waits too, until all of it is here or programmed; then the next one travels while these are programmed, which takes the fastest flash more than 10 ms, and a packet of 4 KiB less than 1.</summary>
    public const int DefaultCapacity = 2048;

    public const int MaxUnit = 512;

    /// <summary>µs that a slice shall take.</summary>
    private const uint SliceTime = 900;

    /// <summary>ms: an erase that has lasted so long is looked at once a millisecond.</summary>
    private const uint LongErase = 50;

    private const int FirstSlice = 32, LongestSlice = 1024;

    private readonly byte[] _ring = new byte[capacity];
    private readonly FlashEntry[] _entries = new FlashEntry[16];
    private readonly byte[] _unit = new byte[MaxUnit];

    private CortexM? _core;
    private FlashController? _controller;                   // of _core; open while not null
    private int _head, _used;                               // ring
    private int _first, _entryCount;
    private uint _unitAddress;
    private int _unitFill;                                  // bytes in _unit, 0: none is begun
    private int _slice = FirstSlice;
    private bool _erasing;
    private uint _erased, _eraseStart;
    private DebugFault _fault;

    /// <summary>Something is queued, in progress, not yet finished by <see cref="Finish"/>, or a failure not yet told.</summary>
    public bool IsOpen => _controller != null || _fault.Failed;

    /// <summary>Queues the erase of all blocks that the range touches.</summary>
    public DebugFault Erase(CortexM core, uint address, uint length)
    {
        DebugFault fault = Begin(core, address, length);
        if (fault.Ok) fault = EndUnit();
        if (fault.Ok && length != 0) fault = Enter(new FlashEntry(true, address, length));
        return fault;
    }

    /// <summary>Queues data. Units that are not whole are filled up as erased bytes are once data for another place come.</summary>
    public DebugFault Write(CortexM core, uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = Begin(core, address, (uint)data.Length);
        int size = fault.Ok ? _controller!.Unit : 1;
        while (fault.Ok && !data.IsEmpty)
        {
            int taken;
            int offset = (int)(address & (uint)(size - 1));
            if (_unitFill == 0 && offset == 0 && data.Length >= size)
            {
                taken = data.Length & ~(size - 1);
                fault = Queue(address, data[..taken]);
            }
            else
            {
                uint start = address - (uint)offset;
                if (_unitFill != 0 && (start != _unitAddress || offset < _unitFill))
                {
                    fault = EndUnit();
                    continue;
                }
                if (_unitFill == 0) _unit.AsSpan().Fill(_controller!.Erased);
                _unitAddress = start;
                taken = Math.Min(size - offset, data.Length);
                data[..taken].CopyTo(_unit.AsSpan()[offset..]);
                _unitFill = offset + taken;
                if (_unitFill == size) fault = EndUnit();
            }
            address += (uint)taken;
            data = data[taken..];
        }
        return fault;
    }

    /// <summary>Erases everything, by the controller's own mass erase where it has one, and locks the controller.</summary>
    public DebugFault EraseAll(CortexM core)
    {
        DebugFault fault = Finish();
        if (fault.Ok) fault = Open(core);
        int count = fault.Ok ? _controller!.MassErases : 0;
        for (int i = 0; i < count && fault.Ok; i++)
        {
            fault = _controller!.StartMassErase(i);
            uint start = clock.Milliseconds;
            for (bool done = false; fault.Ok && !done; background.Rest())
            {
                fault = _controller.PollErase(out done);
                if (fault.Ok && !done && clock.Milliseconds - start > _controller.MassEraseTimeout) fault = FaultKind.EraseTimeout;
            }
        }
        if (fault.Ok && count == 0)
            foreach (MemoryRegion region in core.Map.Regions)
                if (region.IsFlash && fault.Ok) fault = Enter(new FlashEntry(true, region.Start, region.Length));
        DebugFault finished = Finish();
        return fault.Failed ? fault : finished;
    }

    /// <summary>Works until nothing is queued, and locks the controller.</summary>
    public DebugFault Finish()
    {
        DebugFault fault = _fault.Ok ? EndUnit() : TakeFault();
        while (fault.Ok && _fault.Ok && (_entryCount != 0 || _erasing)) WorkAndServe();
        Close();
        DebugFault late = TakeFault();
        return fault.Failed ? fault : late;
    }

    /// <summary>One slice.</summary>
    public void Work()
    {
        if (_controller == null || _fault.Failed) return;
        if (_erasing && !EraseDone()) return;
        if (_entryCount == 0 || _fault.Failed) return;
        FlashEntry entry = _entries[_first];
        _core!.Map.TryFindFlash(entry.Address, out MemoryRegion region);       // checked when it was queued
        DebugFault fault = entry.Erase ? EraseBlock(entry, region) : Program(entry, region);
        if (fault.Failed) Fail(fault);
    }

    /// <summary>Drops everything: the target is gone.</summary>
    public void Abandon()
    {
        _controller = null;
        _core = null;
        Empty();
        _fault = default;
    }

    /// <summary>Opens the controller at the first request; tells the failure of earlier ones; checks the range.</summary>
    private DebugFault Begin(CortexM core, uint address, uint length)
    {
        DebugFault fault = TakeFault();
        if (fault.Failed) return fault;
        if (core.Family?.FlashOf(core) == null) return FaultKind.FlashNotSupported;
        return InFlash(core.Map, address, length, out uint outside) ? Open(core) : new DebugFault(FaultKind.FlashOutside, outside);
    }

    private DebugFault Open(CortexM core)
    {
        if (_controller != null && _core == core) return DebugFault.None;
        Abandon();
        FlashController? controller = core.Family?.FlashOf(core);
        if (controller == null) return FaultKind.FlashNotSupported;
        core.TakeReset();                                   // one that came before does not matter
        DebugFault fault = controller.Open(core);
        if (fault.Failed) return fault;
        _core = core;
        _controller = controller;
        _slice = Math.Max(FirstSlice, controller.Unit);
        return fault;
    }

    private static bool InFlash(MemoryMap map, uint address, uint length, out uint outside)
    {
        outside = address;
        uint left = length == 0 ? 1 : length;
        while (left > 0)
        {
            if (!map.TryFindFlash(outside, out MemoryRegion region)) return false;
            uint here = region.Length - (outside - region.Start);
            if (here >= left) return true;
            outside += here;
            left -= here;
        }
        return true;
    }

    /// <summary>Queues the unit that is begun, filled up.</summary>
    private DebugFault EndUnit()
    {
        if (_unitFill == 0) return DebugFault.None;
        _unitFill = 0;
        return Queue(_unitAddress, _unit.AsSpan()[.._controller!.Unit]);
    }

    /// <summary>Copies whole units into the ring, waiting for room.</summary>
    private DebugFault Queue(uint address, ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            while (_used == _ring.Length && _fault.Ok) WorkAndServe();
            if (_fault.Failed) return TakeFault();
            int tail = (_head + _used) % _ring.Length;
            int count = Math.Min(data.Length, Math.Min(_ring.Length - _used, _ring.Length - tail));
            data[..count].CopyTo(_ring.AsSpan()[tail..]);
            _used += count;
            int last = (_first + _entryCount - 1) % _entries.Length;
            if (_entryCount != 0 && !_entries[last].Erase && _entries[last].Address + _entries[last].Length == address) _entries[last].Length += (uint)count;
            else
            {
                DebugFault fault = Enter(new FlashEntry(false, address, (uint)count));
                if (fault.Failed) return fault;
            }
            address += (uint)count;
            data = data[count..];
        }
        return DebugFault.None;
    }

    private DebugFault Enter(FlashEntry entry)
    {
        while (_entryCount == _entries.Length && _fault.Ok) WorkAndServe();
        if (_fault.Failed) return TakeFault();
        _entries[(_first + _entryCount++) % _entries.Length] = entry;
        return DebugFault.None;
    }

    private void WorkAndServe()
    {
        Work();
        if (_erasing && clock.Milliseconds - _eraseStart > LongErase) background.Rest();
        else background.Run();
    }

    private DebugFault EraseBlock(FlashEntry entry, MemoryRegion region)
    {
        uint block = region.BlockOf(entry.Address);
        uint inRegion = Math.Min(entry.Length, region.Length - (entry.Address - region.Start));
        uint length = _controller!.EraseLength(region, block, entry.Address - block + inRegion);
        Advance(Math.Min(block + length - entry.Address, entry.Length));
        DebugFault fault = _controller.StartErase(region, block);
        _erasing = fault.Ok;
        _erased = block;
        _eraseStart = clock.Milliseconds;
        return fault;
    }

    /// <summary>False: not yet, or it failed.</summary>
    private bool EraseDone()
    {
        DebugFault fault = _controller!.PollErase(out bool done);
        if (fault.Ok && !done && clock.Milliseconds - _eraseStart > _controller.EraseTimeout) fault = new DebugFault(FaultKind.FlashTimeout, _erased);
        if (fault.Failed) Fail(fault);
        else if (done) _erasing = false;
        return fault.Ok && done;
    }

    private DebugFault Program(FlashEntry entry, MemoryRegion region)
    {
        int unit = _controller!.Unit;
        int most = (int)Math.Min(Math.Min(entry.Length, (uint)(_ring.Length - _head)), region.Length - (entry.Address - region.Start));
        ReadOnlySpan<byte> data = _ring.AsSpan()[_head..(_head + most)];
        int blank = Blank(data, unit, _controller.Erased);
        if (blank != 0)
        {
            Consume(blank);
            return DebugFault.None;
        }
        int count = Math.Min(_slice, most);
        uint start = clock.Microseconds;
        DebugFault fault = _controller.PollReady(out bool ready);
        if (fault.Failed || !ready) return fault;
        fault = _controller.Program(region, entry.Address, data[..count]);
        uint took = clock.Microseconds - start;
        if (took > SliceTime || count == _slice) _slice = NextSlice(count, took, unit);
        Consume(count);
        return fault;
    }

    /// <summary>Bytes that would have taken <see cref="SliceTime"/>, at most twice as many as before; whole units.</summary>
    private static int NextSlice(int count, uint took, int unit)
    {
        uint bytes = Math.Min((uint)count * SliceTime / Math.Max(took, SliceTime / 2), LongestSlice);
        unit = Math.Max(FirstSlice, unit);
        return Math.Max((int)bytes & ~(unit - 1), unit);
    }

    /// <summary>Bytes at the start, in whole units, that erased flash has anyway.</summary>
    private static int Blank(ReadOnlySpan<byte> data, int unit, byte erased)
    {
        int end = Math.Min(data.Length, LongestSlice);
        int blank = 0;
        while (blank < end && data[blank] == erased) blank++;
        return blank & ~(unit - 1);
    }

    /// <summary>Takes programmed bytes off the ring and the entry.</summary>
    private void Consume(int count)
    {
        _head = (_head + count) % _ring.Length;
        _used -= count;
        Advance((uint)count);
    }

    private void Advance(uint count)
    {
        ref FlashEntry entry = ref _entries[_first];
        entry.Address += count;
        entry.Length -= count;
        if (entry.Length != 0) return;
        _first = (_first + 1) % _entries.Length;
        _entryCount--;
    }

    /// <summary>The controller is closed as well, so that whoever comes next opens it anew.</summary>
    private void Fail(DebugFault fault)
    {
        _fault = fault;
        Close();
    }

    private void Empty()
    {
        _head = _used = _first = _entryCount = _unitFill = 0;
        _erasing = false;
    }

    /// <summary>
    /// A target that was reset has lost what was in progress, though most controllers do not say so, or say something else; its core's registers are those of the reset. So it is asked before and
    /// after, and nothing is put back then.
    /// </summary>
    private void Close()
    {
        if (_controller is not { } controller) return;
        CortexM core = _core!;
        DebugFault fault = _fault;
        Abandon();                                          // first: who arms the core again may read its registers, which settles the queue
        bool reset = core.TakeReset();
        if (!reset)
        {
            DebugFault closed = controller.Close();
            if (fault.Ok) fault = closed;
            reset = core.TakeReset();
        }
        _fault = reset ? FaultKind.TargetReset : fault;
    }

    private DebugFault TakeFault()
    {
        DebugFault fault = _fault;
        _fault = default;
        return fault;
    }
}
