using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Nordic;

/// <summary>
/// Nordic's non-volatile memory controller. Words are written where they shall be; the bus waits while one is programmed, so the access port's WAIT paces the stream. There are no error
/// flags: what was written is read back.
/// </summary>
sealed class Nvmc(ProbeSession session) : FlashController
{
    private const uint READY = 0x400, CONFIG = 0x504, ERASEALL = 0x50C, ERASEUICR = 0x514;
    private const uint Ren = 0, Wen = 1, Een = 2;

    /// <summary>ms.</summary>
    private const uint WordTimeout = 100, UicrTimeout = 1000;

    /// <summary>FICR of an nRF51: 0 in its low byte beside a SoftDevice from the factory.</summary>
    private const uint PPFC = 0x02C;

    /// <summary>FICR of an nRF52: which chip, and its revision (Nordic's MDK, "configuration 249").</summary>
    private const uint ChipCode = 0x130;

    private const uint OpenHardened = 0xFFFF_FF5A;

    private CortexM _core = null!;
    private NordicChip _chip;
    private bool _uicrErased;

    public override int Unit => 4;

    public override DebugFault Open(CortexM core)
    {
        _core = core;
        _chip = NordicChip.Rows[core.PartRow];
        _uicrErased = false;
        return WaitReady(WordTimeout);
    }

    public override DebugFault StartErase(MemoryRegion region, uint block)
    {
        if (_chip.IsUicr(block)) return StartEraseUicr();
        DebugFault fault = Write(CONFIG, Een);
        if (fault.Failed) return fault;
        return _chip.ErasePage != 0 ? Write(_chip.ErasePage, block) : _core.Bus.Write32(block, uint.MaxValue);
    }

    public override DebugFault PollErase(out bool done)
    {
        DebugFault fault = Ready(out done);
        if (fault.Failed || !done || !_uicrErased) return fault;
        _uicrErased = false;
        return Protect();
    }

    public override DebugFault Program(MemoryRegion region, uint address, ReadOnlySpan<byte> data)
    {
        if (WouldLock(address, data, out uint at)) return new DebugFault(FaultKind.FlashWouldLock, at);
        DebugFault fault = Write(CONFIG, Wen);
        if (fault.Ok) fault = _core.Bus.Write(address, data);
        return fault.Ok ? Compare(address, data) : fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = WaitReady(WordTimeout);
        DebugFault closed = Write(CONFIG, Ren);
        if (closed.Ok) closed = _core.Bus.Flush();
        return fault.Failed ? fault : closed;
    }

    public override int MassErases => 1;

    /// <summary>Flash and UICR.</summary>
    public override DebugFault StartMassErase(int index)
    {
        _uicrErased = true;
        DebugFault fault = Write(CONFIG, Een);
        return fault.Ok ? Write(ERASEALL, 1) : fault;
    }

    public DebugFault EraseUicr(CortexM core)
    {
        DebugFault fault = Open(core);
        if (fault.Ok) fault = StartEraseUicr();
        if (fault.Ok) fault = WaitReady(UicrTimeout);
        if (fault.Ok) fault = Protect();
        DebugFault closed = Close();
        return fault.Failed ? fault : closed;
    }

    /// <summary>Closes the debug port from the next reset on.</summary>
    public DebugFault Lock(CortexM core)
    {
        DebugFault fault = Open(core);
        if (fault.Ok) fault = Write(CONFIG, Wen);
        if (fault.Ok) fault = core.Bus.Write32(_chip.Protect, _chip.Locked);
        DebugFault closed = Close();
        return fault.Failed ? fault : closed;
    }

    /// <summary>See <see cref="Protect"/>.</summary>
    public DebugFault KeepOpen(CortexM core)
    {
        DebugFault fault = Open(core);
        if (fault.Ok) fault = Protect();
        DebugFault closed = Close();
        return fault.Failed ? fault : closed;
    }

    /// <summary>
    /// An erased UICR closes the debug port of the nRF53, of the later nRF91 and of the nRF52's later revisions at their next reset: the words that keep it open are programmed. Older revisions are open with ones,
    /// and closed by what opens the later.
    /// </summary>
    private DebugFault Protect()
    {
        if (_chip.IsM33)
        {
            DebugFault first = Set(_chip.Protect, _chip.Open);
            return first.Ok ? Set(_chip.Secure, _chip.Open) : first;
        }
        return IsHardened() ? Set(_chip.Protect, OpenHardened) : DebugFault.None;
    }

    private DebugFault Set(uint address, uint value)
    {
        DebugFault fault = _core.Bus.Read32(address, out uint old);
        if (fault.Failed || old != uint.MaxValue || value == uint.MaxValue) return fault;
        fault = Write(CONFIG, Wen);
        if (fault.Ok) fault = _core.Bus.Write32(address, value);
        return fault.Ok ? WaitReady(WordTimeout) : fault;
    }

    /// <summary>First revision of each chip whose UICR must say that it is open, by chip code: 06 nRF52832, 08 840, 0A 810, 0D 833, 0E 811, 0F 805, 10 820.</summary>
    private static ReadOnlySpan<byte> FirstHardened => [0x06, 7, 0x08, 5, 0x0A, 2, 0x0D, 2, 0x0E, 1, 0x0F, 1, 0x10, 3];

    private bool IsHardened()
    {
        if (_chip.IsNrf51 || _core.Bus.Read32(_chip.Ficr + ChipCode, out uint code).Failed || _core.Bus.Read32(_chip.Ficr + ChipCode + 4, out uint revision).Failed) return false;
        for (int i = 0; i < FirstHardened.Length; i += 2)
            if (FirstHardened[i] == code) return revision >= FirstHardened[i + 1];
        return false;
    }

    /// <summary>Only where the part can do that; else it must be blank already.</summary>
    private DebugFault StartEraseUicr()
    {
        bool can = !_chip.IsM33;
        if (_chip.IsNrf51) can = _core.Bus.Read32(_chip.Ficr + PPFC, out uint ppfc).Ok && (ppfc & 0xFF) == 0;
        if (!can) return CheckBlank(_chip.Uicr, _chip.UicrLength);
        _uicrErased = true;
        DebugFault fault = Write(CONFIG, Een);
        return fault.Ok ? Write(ERASEUICR, 1) : fault;
    }

    private DebugFault CheckBlank(uint address, uint length)
    {
        for (uint end = address + length; address != end; address += 4)
        {
            DebugFault fault = _core.Bus.Read32(address, out uint word);
            if (fault.Failed) return fault;
            if (word != uint.MaxValue && word != _chip.Open) return new DebugFault(FaultKind.FlashNotErased, address);
        }
        return DebugFault.None;
    }

    /// <summary>Closing the debug port takes its own command: images with a UICR part have done it by accident. So does shutting the erase that opens it again.</summary>
    private bool WouldLock(uint address, ReadOnlySpan<byte> data, out uint at)
    {
        at = _chip.Protect;
        if (Closes(data, at - address, _chip.Open)) return true;
        if (!_chip.IsM33) return false;
        at = _chip.Secure;
        if (Closes(data, at - address, _chip.Open)) return true;
        at += 4;
        return Closes(data, at - address, uint.MaxValue);
    }

    /// <summary>What an erased word says does nothing.</summary>
    private bool Closes(ReadOnlySpan<byte> data, uint offset, uint open)
    {
        if (offset >= (uint)data.Length) return false;
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(data[(int)offset..]);
        if (word == uint.MaxValue) return false;
        if (_chip.IsM33) return word != open;
        if (_chip.IsNrf51) return (word & 0xFFFF) != 0xFFFF;
        return (word & 0xFF) != (IsHardened() ? OpenHardened & 0xFF : 0xFF);
    }

    private DebugFault Compare(uint address, ReadOnlySpan<byte> data)
    {
        Span<byte> chunk = stackalloc byte[128];
        for (int i = 0; i < data.Length; i += chunk.Length)
        {
            int count = Math.Min(chunk.Length, data.Length - i);
            DebugFault fault = _core.Bus.Read(address + (uint)i, chunk[..count]);
            if (fault.Failed) return fault;
            for (int n = 0; n < count; n++)
                if (chunk[n] != data[i + n])
                    return new DebugFault((chunk[n] & data[i + n]) != data[i + n] ? FaultKind.FlashNotErased : FaultKind.FlashVerify, address + (uint)(i + n));
        }
        return DebugFault.None;
    }

    private DebugFault WaitReady(uint limit)
    {
        uint start = session.Clock.Milliseconds;
        while (true)
        {
            DebugFault fault = Ready(out bool ready);
            if (fault.Failed || ready) return fault;
            if (session.Clock.Milliseconds - start > limit) return new DebugFault(FaultKind.FlashTimeout, _chip.Flash);
            session.Background.Run();
        }
    }

    private DebugFault Ready(out bool ready)
    {
        DebugFault fault = _core.Bus.Read32(_chip.Nvmc + READY, out uint value);
        ready = (value & 1) != 0;
        return fault;
    }

    private DebugFault Write(uint register, uint value) => _core.Bus.Write32(_chip.Nvmc + register, value);
}
