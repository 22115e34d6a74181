using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Rp;

/// <summary>
/// The serial flash by the functions of the boot ROM, run by the attached core. Data go to one of two buffers in RAM while the ROM programs the other. The other core is held in reset
/// meanwhile: it could not read its program. It starts anew behind that, in its ROM.
/// </summary>
sealed class RpFlash(ProbeSession session) : FlashController
{
    public const uint Xip = 0x1000_0000, Sector = 4096;

    /// <summary>Where in RAM: the word that functions return to, their stack, two buffers.</summary>
    private const uint Return = 0x2000_0000, StackTop = 0x2000_0400, Buffers = 0x2000_0400, BufferSize = 4096;

    private const uint Page = 256, Block = 0x1_0000, BlockErase = 0xD8;

    /// <summary>ms: short functions; a buffer of pages, of at most 3 ms each and more where the core's clock is slow; a core's way through its ROM.</summary>
    private const uint ShortTimeout = 200, ProgramTimeout = 1000, BootTime = 20, RestartDelay = 10;

    /// <summary>SIO: which core asks (RP2040 datasheet 2.3.1.7).</summary>
    public const uint CPUID = 0xD000_0000;

    /// <summary>An RP2350's redundancy coprocessor (RP2350 datasheet 3.6.3): access in CPACR. Code is placed behind the BKPT. The MPU's and SAU's control, by which the boot ROM closes RAM while it boots.</summary>
    private const uint Coprocessor7 = 3 << 14, Code = Return + 8;

    /// <summary>DSCSR, whose CDS says that the halted core is secure; CPACR; MPU_CTRL; SAU_CTRL (DDI 0553).</summary>
    private static ReadOnlySpan<uint> StateAddresses => [0xE000_EE08, Scs.CPACR, 0xE000_ED94, 0xE000_EDD0];

    private const uint Secure = 1 << 16;

    /// <summary>Gives both cores' redundancy coprocessors a salt unless this one has it: a second would be a fault, as is all that the ROM does without.</summary>
    private static ReadOnlySpan<byte> GiveSalt =>
    [
        0x30, 0xEE, 0x10, 0xF7,         // mrc p7, #1, apsr_nzcv, c0, c0, #0
        0x04, 0xD4,                     // bmi out
        0x40, 0xEC, 0x80, 0x07,         // mcrr p7, #8, r0, r0, c0
        0x40, 0xEC, 0x81, 0x07,         // mcrr p7, #8, r0, r0, c1
        0x40, 0xBF,                     // sev
        0x70, 0x47,                     // out: bx lr
        0x00, 0x00,
    ];

    private readonly uint[] _state = new uint[5];
    private bool _stateKept;
    private RpChip _chip;
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
        _chip = RpChip.Of(core);
        _busy = _begun = _stateKept = false;
        _filled = _buffer = 0;
        DebugFault fault = Find(RpRom.RE, out _erase);
        if (fault.Ok) fault = Find(RpRom.RP, out _program);
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
        _chip = RpChip.Of(core);
        DebugFault fault = Begin(core);
        if (fault.Ok) fault = SerialFlash.ReadSize(core.Bus, _chip.SerialRegisters, out size);
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

    /// <summary>By a function of the ROM that does not come back.</summary>
    public DebugFault RestartAsUsb(CortexM core)
    {
        _core = core;
        _chip = RpChip.Of(core);
        DebugFault fault = Find(_chip.UsbBoot, out uint function);
        if (fault.Ok) fault = Prepare(core);
        _stateKept = false;
        return fault.Ok ? _code.Start(function, _chip.UsbBootFlags, RestartDelay) : fault;
    }

    private DebugFault Find(ushort code, out uint function) => RpRom.Find(_core.Bus, _chip.RomVersion, code, out function);

    /// <summary>From here to <see cref="End"/> the core runs what it is told to.</summary>
    private DebugFault Prepare(CortexM core)
    {
        DebugFault fault = DebugFault.None;
        if (_chip.IsV8)
        {
            // Secure state, coprocessor 7, neither MPU nor SAU nor stack limit.
            _state.AsSpan().Clear();
            (_state[0], _state[1]) = (Secure, Coprocessor7);
            fault = ExchangeState(back: false);
            _stateKept = fault.Ok;
        }
        if (fault.Ok) fault = _code.Begin(core, Return, StackTop);
        if (fault.Failed || !_chip.IsV8) return fault;
        fault = Find(RpRom.SR, out uint reset);
        if (fault.Ok) fault = core.PlaceCode(Code, GiveSalt);
        if (fault.Ok) fault = Call(Code);
        return fault.Ok ? _code.Call(reset, 1, 0, 0, 0, ShortTimeout, out _) : fault;
    }

    /// <summary>Exchanges what the core has for what <see cref="_state"/> holds, in this order, or the other: the first says which of two banks the rest is in.</summary>
    private DebugFault ExchangeState(bool back)
    {
        DebugFault fault = DebugFault.None;
        for (int n = 0; n < _state.Length && fault.Ok; n++)
        {
            int i = back ? _state.Length - 1 - n : n;
            if (i == StateAddresses.Length)
            {
                fault = _core.ExchangeRegister(CoreRegisters.Msplim, ref _state[i]);
                continue;
            }
            fault = _core.Bus.Read32(StateAddresses[i], out uint old);
            if (fault.Ok) fault = _core.Bus.Write32(StateAddresses[i], _state[i]);
            _state[i] = i == 0 ? old & Secure : old;
        }
        return fault;
    }

    private DebugFault Begin(CortexM core)
    {
        uint exit = 0;
        DebugFault fault = Find(RpRom.IF, out uint connect);
        if (fault.Ok) fault = Find(RpRom.EX, out exit);
        if (fault.Ok) fault = Find(RpRom.FC, out _flush);
        if (fault.Ok) fault = Find(_chip.Last, out _enterXip);
        if (fault.Ok) fault = Prepare(core);
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
        if (_stateKept && end.Ok) end = ExchangeState(back: true);
        _stateKept = false;
        if (_held != 0) end = _core.Bus.Write32(_chip.SetOff + 0x1000, _held);
        if (_held == _chip.Proc0) session.Wait(BootTime);         // it reads its boot stage by hand, and leaves the flash readable
        _held = 0;
        return fault.Failed ? fault : end;
    }

    private DebugFault HoldOther()
    {
        DebugFault fault = _core.Bus.Read32(CPUID, out uint core);
        if (fault.Failed) return fault;
        _held = core == 0 ? _chip.Proc0 << 1 : _chip.Proc0;
        return _core.Bus.Write32(_chip.SetOff, _held);
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
