using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Rp;

/// <summary>
/// The RP2040's serial flash by the functions of its boot ROM, run by the attached core. Data go to one of two buffers in RAM while the ROM programs the other. The other core is held in reset
/// meanwhile: it could not read its program. It starts anew behind that, in its ROM.
/// </summary>
sealed class RpFlash(ProbeSession session) : FlashController
{
    public const uint Xip = 0x1000_0000, Sector = 4096;

    /// <summary>Where in RAM: the word that functions return to, their stack, two buffers.</summary>
    private const uint Return = 0x2000_0000, StackTop = 0x2000_0400, Buffers = 0x2000_0400, BufferSize = 4096;

    private const uint Page = 256, Block = 0x1_0000, BlockErase = 0xD8;

    /// <summary>ms: short functions; a buffer of pages, of at most 3 ms each and more where the core's clock is slow; a core's way through its ROM.</summary>
    private const uint ShortTimeout = 200, ProgramTimeout = 1000, BootTime = 20;

    /// <summary>SIO: which core asks (RP2040 datasheet 2.3.1.7).</summary>
    public const uint CPUID = 0xD000_0000;

    /// <summary>PSM.FRCE_OFF by its set and clear aliases (RP2040 datasheet 2.13.5).</summary>
    private const uint SetOff = 0x4001_2004, ClearOff = 0x4001_3004, Proc0 = 1 << 15, Proc1 = 1 << 16;

    private readonly TargetCode _code = new(session.Clock);
    private CortexM _core = null!;
    private uint _eraseLength, _erase, _program, _flush, _enterXip;
    private bool _begun, _busy;
    private uint _held;                                     // the other core's bit
    private uint _buffer;                                   // to be filled: 0 or 1
    private uint _start, _filled;                           // what it holds

    public override int Unit => (int)Page;

    public override uint MassEraseTimeout => 600_000;

    public override DebugFault Open(CortexM core)
    {
        _core = core;
        _busy = false;
        _filled = _buffer = 0;
        DebugFault fault = RpRom.Find(core.Bus, RpRom.RE, out _erase);
        if (fault.Ok) fault = RpRom.Find(core.Bus, RpRom.RP, out _program);
        if (fault.Ok) fault = HoldOther();
        if (fault.Ok) fault = Begin(core);
        if (fault.Failed) End();
        return fault;
    }

    /// <summary>How large the flash says it is. It can be read at its addresses after that, by the slow command.</summary>
    public DebugFault MakeReadable(CortexM core, out uint size)
    {
        size = 0;
        _core = core;
        DebugFault fault = Begin(core);
        if (fault.Ok) fault = SerialFlash.ReadSize(core.Bus, out size);
        DebugFault end = End();
        return fault.Failed ? fault : end;
    }

    /// <summary>A block of 64 KiB takes little longer than three sectors.</summary>
    public override uint EraseLength(MemoryRegion region, uint block, uint wanted) => _eraseLength = (block & Block - 1) == 0 && wanted >= Block ? Block : Sector;

    public override DebugFault StartErase(MemoryRegion region, uint block) => StartErase(block - Xip, _eraseLength);

    public override int MassErases => 1;

    public override DebugFault StartMassErase(int index) => _core.Map.TryFindFlash(Xip, out MemoryRegion flash) ? StartErase(0, flash.Length) : FaultKind.FlashNotSupported;

    public override DebugFault PollErase(out bool done)
    {
        DebugFault fault = Poll(MassEraseTimeout);
        done = !_busy;
        return fault;
    }

    /// <summary>The buffer that is to be filled has room for whatever comes, or is the only one in use.</summary>
    public override DebugFault PollReady(out bool ready)
    {
        DebugFault fault = _busy ? Poll(ProgramTimeout) : DebugFault.None;
        ready = !_busy || _filled == 0;
        return fault;
    }

    public override DebugFault Program(MemoryRegion region, uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = DebugFault.None;
        while (fault.Ok && !data.IsEmpty)
        {
            if (_filled != 0 && (_filled == BufferSize || _start + _filled != address)) fault = ProgramBuffer();
            if (fault.Failed) break;
            if (_filled == 0) _start = address;
            int count = (int)Math.Min((uint)data.Length, BufferSize - _filled);
            fault = _core.Bus.Write(Buffers + _buffer * BufferSize + _filled, data[..count]);
            _filled += (uint)count;
            address += (uint)count;
            data = data[count..];
        }
        return fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = Finish();
        DebugFault end = End();
        return fault.Failed ? fault : end;
    }

    /// <summary>Jumps to a function of the ROM that does not come back.</summary>
    public DebugFault Leave(CortexM core, uint function)
    {
        DebugFault fault = _code.Begin(core, Return, StackTop);
        return fault.Ok ? _code.Start(function) : fault;
    }

    private DebugFault Begin(CortexM core)
    {
        uint exit = 0;
        DebugFault fault = RpRom.Find(core.Bus, RpRom.IF, out uint connect);
        if (fault.Ok) fault = RpRom.Find(core.Bus, RpRom.EX, out exit);
        if (fault.Ok) fault = RpRom.Find(core.Bus, RpRom.FC, out _flush);
        if (fault.Ok) fault = RpRom.Find(core.Bus, RpRom.CX, out _enterXip);
        if (fault.Ok) fault = _code.Begin(core, Return, StackTop);
        _begun = fault.Ok;
        if (fault.Ok) fault = Call(connect);
        return fault.Ok ? Call(exit) : fault;
    }

    private DebugFault End()
    {
        DebugFault fault = _begun ? Call(_flush) : FaultKind.NotHalted;
        if (fault.Ok) fault = Call(_enterXip);
        _begun = false;
        DebugFault end = _code.End();
        if (_held != 0) end = _core.Bus.Write32(ClearOff, _held);
        if (_held == Proc0) session.Wait(BootTime);         // it reads its boot stage by hand, and leaves the flash readable
        _held = 0;
        return fault.Failed ? fault : end;
    }

    private DebugFault HoldOther()
    {
        DebugFault fault = _core.Bus.Read32(CPUID, out uint core);
        if (fault.Failed) return fault;
        _held = core == 0 ? Proc1 : Proc0;
        return _core.Bus.Write32(SetOff, _held);
    }

    private DebugFault Call(uint function) => _code.Call(function, 0, 0, 0, 0, ShortTimeout, out _);

    private DebugFault StartErase(uint offset, uint length)
    {
        DebugFault fault = Finish();
        if (fault.Ok) fault = _code.Start(_erase, offset, length, Block, BlockErase);
        _busy = fault.Ok;
        return fault;
    }

    /// <summary>What is in a buffer is programmed; returns with the last under way.</summary>
    private DebugFault ProgramBuffer()
    {
        DebugFault fault = Wait();
        if (fault.Ok) fault = _code.Start(_program, _start - Xip, Buffers + _buffer * BufferSize, _filled);
        _busy = fault.Ok;
        _buffer ^= 1;
        _filled = 0;
        return fault;
    }

    private DebugFault Finish()
    {
        DebugFault fault = _filled != 0 ? ProgramBuffer() : DebugFault.None;
        return fault.Ok ? Wait() : fault;
    }

    private DebugFault Wait()
    {
        DebugFault fault = DebugFault.None;
        while (_busy && fault.Ok)
        {
            fault = Poll(ProgramTimeout);
            session.Background.Run();
        }
        return fault;
    }

    private DebugFault Poll(uint limit)
    {
        DebugFault fault = _code.Poll(limit, out bool done, out _);
        if (done || fault.Failed) _busy = false;
        return fault;
    }
}
