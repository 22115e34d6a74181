using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Flash;

/// <summary>
/// A controller that needs code beside it: a small loader in the target's RAM programs from one buffer while the probe fills the other. The frame is here, in ARMv6-M instructions that run at any
/// address; a controller gives the routine for one buffer. The loader reads and writes RAM only until a buffer is full, so the probe may use the controller's registers (to erase, say) while
/// <see cref="WaitIdle"/> has come back without fault.
/// </summary>
/// <remarks>
/// RAM from its start: 0x000 code, 0x180 mailbox, stack down from 0x280, two buffers. Mailbox words: status; address, data, length of buffer 0; the same of buffer 1; parameters. A length that is not 0
/// asks for the buffer to be programmed, and is cleared when that is done. A status that is not 0 stops the loader at a BKPT, the length as it was.
/// </remarks>
public abstract class RamLoader(Clock clock) : FlashController
{
    private const uint Mailbox = 0x180, Slots = 4, SlotSize = 12, Parameters = 28, StackTop = 0x280, Buffers = 0x280;

    /// <summary>Most parameters that the mailbox holds.</summary>
    protected const int MaxParameters = 8;

    private static ReadOnlySpan<ushort> Frame =>
    [
        0x2504,             // 00        movs r5, #4            slot 0
        0x1966,             // 02 next:  adds r6, r4, r5        r4: mailbox
        0x68B2,             // 04 wait:  ldr r2, [r6, #8]       length
        0x2A00,             // 06        cmp r2, #0
        0xD0FC,             // 08        beq wait
        0x6830,             // 0A        ldr r0, [r6, #0]       flash address
        0x6871,             // 0C        ldr r1, [r6, #4]       data
        0x4623,             // 0E        mov r3, r4
        0x331C,             // 10        adds r3, #28           parameters
        0xF000, 0xF809,     // 12        bl routine
        0x6020,             // 16        str r0, [r4, #0]       status
        0x2800,             // 18        cmp r0, #0
        0xD103,             // 1A        bne stop
        0x60B0,             // 1C        str r0, [r6, #8]       done
        0x2014,             // 1E        movs r0, #20
        0x1B45,             // 20        subs r5, r0, r5        4, 16, 4, ...
        0xE7EE,             // 22        b next
        0xBE00,             // 24 stop:  bkpt
        0x46C0,             // 26        nop
                            // 28 routine:
    ];

    private CortexM _core = null!;
    private MemoryRegion _ram;
    private uint _bufferSize;
    private uint _slot;                                     // to be filled next
    private bool _running;
    private uint _waited;                                   // ms when the wait for a slot began, 0: nobody waits

    /// <summary>The part that is open.</summary>
    protected CortexM Core => _core;

    /// <summary>
    /// r0 flash address, r1 data, r2 bytes (a multiple of the unit, not more than a buffer), r3 parameters; returns a status in r0, 0 if it is programmed (and checked). May use r0 to r3, r7 and
    /// r12 and some stack. It begins at a multiple of 4, as literals need it. At most 172 half-words.
    /// </summary>
    protected abstract ReadOnlySpan<ushort> Routine { get; }

    /// <summary>Words behind the mailbox: register addresses and the like. Null-length: none.</summary>
    protected virtual void FillParameters(Span<uint> parameters) => parameters.Clear();

    /// <summary>Bytes at the end of RAM that are not ours: what a boot ROM keeps for itself.</summary>
    protected virtual uint ReservedRam => 0;

    /// <summary>Bytes that a buffer has at most.</summary>
    protected virtual uint LargestBuffer => 2048;

    /// <summary>ms that a buffer may take.</summary>
    protected virtual uint BufferTimeout => 2000;

    /// <summary>What the routine's status means.</summary>
    protected virtual DebugFault Failed(uint status, uint address) => new(FaultKind.FlashFailed, address, status);

    /// <summary>RAM that the loader may use; by default the first of the map that is large enough.</summary>
    protected virtual bool TryFindRam(CortexM core, out MemoryRegion ram) => core.Map.TryFindRam(Buffers + 2 * (uint)Unit + ReservedRam, out ram);

    /// <summary>Prepares, touching neither registers nor RAM yet; the loader goes to the target with the first data.</summary>
    public override DebugFault Open(CortexM core)
    {
        _core = core;
        _running = false;
        _waited = 0;
        return TryFindRam(core, out _ram) ? DebugFault.None : FaultKind.NoRamForLoader;
    }

    public override DebugFault PollReady(out bool ready)
    {
        ready = true;
        return _running ? PollSlot(_slot, out ready) : DebugFault.None;
    }

    public override DebugFault Program(MemoryRegion region, uint address, ReadOnlySpan<byte> data)
    {
        DebugFault fault = _running ? DebugFault.None : Start();
        Span<byte> slot = stackalloc byte[(int)SlotSize];
        while (fault.Ok && !data.IsEmpty)
        {
            fault = WaitSlot(_slot);
            int count = (int)Math.Min((uint)data.Length, _bufferSize);
            uint buffer = _ram.Start + Buffers + _slot * _bufferSize;
            if (fault.Ok) fault = _core.Bus.Write(buffer, data[..count]);
            BinaryPrimitives.WriteUInt32LittleEndian(slot, address);
            BinaryPrimitives.WriteUInt32LittleEndian(slot[4..], buffer);
            BinaryPrimitives.WriteUInt32LittleEndian(slot[8..], (uint)count);          // last: the loader waits for it
            if (fault.Ok) fault = _core.Bus.Write(SlotAddress(_slot), slot);
            _slot ^= 1;
            address += (uint)count;
            data = data[count..];
        }
        return fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = WaitIdle();
        DebugFault stopped = StopLoader();
        return fault.Failed ? fault : stopped;
    }

    /// <summary>Waits until both buffers are programmed.</summary>
    protected DebugFault WaitIdle()
    {
        if (!_running) return DebugFault.None;
        DebugFault fault = WaitSlot(_slot);
        return fault.Ok ? WaitSlot(_slot ^ 1) : fault;
    }

    /// <summary>Halts the loader and puts the core's registers back. The next data start it again.</summary>
    protected DebugFault StopLoader()
    {
        if (!_running) return DebugFault.None;
        _running = false;
        DebugFault fault = _core.StopCode(out _, out _);
        return fault.Ok ? _core.RestoreRegisters() : fault;
    }

    private DebugFault Start()
    {
        uint room = (_ram.Length - Buffers - ReservedRam) / 2;
        _bufferSize = Math.Min(room, LargestBuffer) & ~(uint)(Unit - 1);
        DebugFault fault = _core.KeepRegisters();
        if (fault.Ok) fault = Place(_ram.Start, Frame);
        if (fault.Ok) fault = Place(_ram.Start + (uint)Frame.Length * 2, Routine);
        Span<uint> parameters = stackalloc uint[MaxParameters];
        FillParameters(parameters);
        Span<byte> mailbox = stackalloc byte[(int)Parameters + MaxParameters * 4];
        mailbox.Clear();
        for (int i = 0; i < MaxParameters; i++) BinaryPrimitives.WriteUInt32LittleEndian(mailbox[((int)Parameters + i * 4)..], parameters[i]);
        if (fault.Ok) fault = _core.PlaceCode(_ram.Start + Mailbox, mailbox);
        Span<uint> registers = [0, 0, 0, 0, _ram.Start + Mailbox];
        if (fault.Ok) fault = _core.StartCode(_ram.Start, _ram.Start + StackTop, 0, registers);
        _running = fault.Ok;
        _slot = 0;
        return fault;
    }

    private DebugFault Place(uint address, ReadOnlySpan<ushort> code)
    {
        Span<byte> bytes = stackalloc byte[32];
        DebugFault fault = DebugFault.None;
        while (fault.Ok && !code.IsEmpty)
        {
            int count = Math.Min(code.Length, bytes.Length / 2);
            for (int i = 0; i < count; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes[(i * 2)..], code[i]);
            fault = _core.PlaceCode(address, bytes[..(count * 2)]);
            address += (uint)count * 2;
            code = code[count..];
        }
        return fault;
    }

    private uint SlotAddress(uint slot) => _ram.Start + Mailbox + Slots + slot * SlotSize;

    private DebugFault WaitSlot(uint slot)
    {
        DebugFault fault;
        bool free;
        do fault = PollSlot(slot, out free);
        while (fault.Ok && !free);
        return fault;
    }

    /// <summary>Looks once whether a buffer is free. A loader that has stopped, or takes too long, is a fault.</summary>
    private DebugFault PollSlot(uint slot, out bool free)
    {
        DebugFault fault = _core.Bus.Read32(SlotAddress(slot) + 8, out uint length);
        free = fault.Ok && length == 0;
        if (free) _waited = 0;
        if (free || fault.Failed) return fault;
        uint now = clock.Milliseconds | 1;
        if (_waited == 0) _waited = now;
        fault = _core.PollCode(out bool stopped);
        if (fault.Ok && !stopped && now - _waited <= BufferTimeout) return fault;
        _waited = 0;
        return Diagnose(fault);
    }

    /// <summary>Why the loader has stopped, or has been stopped now.</summary>
    private DebugFault Diagnose(DebugFault seen)
    {
        uint status = 0, address = 0, length = 0;
        DebugFault fault = _core.StopCode(out uint pc, out _);
        if (fault.Ok) fault = _core.Bus.Read32(_ram.Start + Mailbox, out status);
        // The older of the two is the one in work: that which is to be filled next, unless it is done.
        if (fault.Ok) fault = _core.Bus.Read32(SlotAddress(_slot) + 8, out length);
        if (fault.Ok) fault = _core.Bus.Read32(SlotAddress(length != 0 ? _slot : _slot ^ 1), out address);
        _running = false;
        DebugFault restored = _core.RestoreRegisters();
        if (seen.Failed) return seen.Kind == FaultKind.CodeFailed ? new DebugFault(seen.Kind, pc) : seen;
        if (fault.Failed) return fault;
        if (restored.Failed) return restored;
        if (status != 0) return Failed(status, address);
        return pc - _ram.Start < Mailbox ? new DebugFault(FaultKind.FlashTimeout, address) : new DebugFault(FaultKind.CodeFailed, pc);
    }
}
