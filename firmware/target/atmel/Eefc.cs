using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Atmel;

/// <summary>
/// Enhanced embedded flash controller of SAM3, SAM4, SAM G5x and SAM E70/S70/V7x (SAM4S datasheet 11100, "EEFC"), one for each plane of the flash. A page's words go into a latch buffer at
/// the page's own addresses, and a command programs it.
/// </summary>
sealed class Eefc(ProbeSession session) : PolledFlash(session)
{
    private const uint FMR = 0, FCR = 4, FSR = 8, FRR = 12, Key = 0x5A00_0000, FRDY = 1, FLOCKE = 4, Errors = 0xE, FWS = 0xF00;
    private const uint WP = 1, EWP = 3, EA = 5, EPA = 7, SLB = 8, CLB = 9, SFB = 11, CFB = 12, GFB = 13, STUI = 14, SPUI = 15;

    /// <summary>Errata of SAM3S and SAM4S: programming needs six wait states.</summary>
    private const uint SafeWaitStates = 6 << 8;

    /// <summary>EPA's argument for 16 pages, which all sectors of the parts that have it take.</summary>
    private const uint SixteenPages = 2;

    private SamEefcChip _chip;
    private uint _controller;                       // address
    private uint _plane;                            // first address
    private uint _mode;

    public override int Unit => (int)_chip.Page;

    public override int MassErases => _chip.Planes;

    /// <summary>7.3 s for 1 MB were measured, and twice that is allowed.</summary>
    public override uint MassEraseTimeout => 60_000;

    public override DebugFault Open(CortexM core)
    {
        Core = core;
        _chip = SamEefcChip.Of(core);
        Select(_chip.Flash);
        DebugFault fault = Read(_controller + FMR, out _mode);
        if (fault.Ok) fault = SetMode(_mode & ~FWS | SafeWaitStates);
        return fault.Ok ? WaitReady() : fault;
    }

    /// <summary>SAM3 erase a page by programming it: the latch buffer is all ones after the command before, but not after power-up.</summary>
    public override DebugFault StartErase(MemoryRegion region, uint block)
    {
        Select(block);
        if (_chip.HasErasePages) return Command(EPA, PageOf(block) | SixteenPages);
        Span<byte> ones = stackalloc byte[256];
        ones.Fill(0xFF);
        DebugFault fault = Core.Bus.Write(block, ones);
        return fault.Ok ? Command(EWP, PageOf(block)) : fault;
    }

    public override DebugFault StartMassErase(int index)
    {
        Select(_chip.Flash + (uint)index * _chip.Stride);
        return Command(EA, 0);
    }

    /// <summary>FSR forgets its errors when it is read.</summary>
    public override DebugFault PollReady(out bool ready)
    {
        DebugFault fault = Read(_controller + FSR, out uint status);
        ready = fault.Ok && (status & FRDY) != 0;
        if (fault.Failed || (status & Errors) == 0) return fault;
        return new DebugFault((status & FLOCKE) != 0 ? FaultKind.FlashWriteProtected : FaultKind.FlashFailed, Last, status & Errors);
    }

    protected override DebugFault ProgramUnit(uint address, ReadOnlySpan<byte> data)
    {
        Select(address);
        DebugFault fault = Core.Bus.Write(address, data);
        return fault.Ok ? Command(WP, PageOf(address)) : fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = WaitReady();
        return fault.Ok ? SetMode(_mode) : fault;
    }

    /// <summary>Locks or opens all regions.</summary>
    public DebugFault Lock(CortexM core, bool on)
    {
        DebugFault fault = Open(core);
        foreach (MemoryRegion region in core.Map.Regions)
        {
            if (!region.IsFlash) continue;
            for (uint at = 0; at < region.Length && fault.Ok; at += _chip.LockRegion)
            {
                Select(region.Start + at);
                fault = Command(on ? SLB : CLB, PageOf(Last));
                if (fault.Ok) fault = WaitReady();
            }
        }
        return Closed(fault);
    }

    /// <summary>The general-purpose bits, after one of them is written where <paramref name="bit"/> is one (below 32).</summary>
    public DebugFault Gpnvm(CortexM core, uint bit, bool on, out uint bits)
    {
        bits = 0;
        DebugFault fault = Open(core);
        if (fault.Ok && bit < 32)
        {
            fault = Command(on ? SFB : CFB, bit);
            if (fault.Ok) fault = WaitReady();
        }
        if (fault.Ok) fault = Command(GFB, 0);
        if (fault.Ok) fault = WaitReady();
        if (fault.Ok) fault = Read(_controller + FRR, out bits);
        return Closed(fault);
    }

    /// <summary>Four words, which stand in the flash's place between two commands.</summary>
    public DebugFault ReadUniqueId(CortexM core, Span<uint> id)
    {
        DebugFault fault = Open(core);
        if (fault.Ok) fault = Command(STUI, 0);
        for (int i = 0; i < id.Length && fault.Ok; i++) fault = Read(_chip.Flash + (uint)i * 4, out id[i]);
        DebugFault ended = Command(SPUI, 0);
        return Closed(fault.Failed ? fault : ended);
    }

    private void Select(uint address)
    {
        int plane = (int)((address - _chip.Flash) / _chip.Stride);
        _controller = _chip.Controller(plane);
        _plane = _chip.Flash + (uint)plane * _chip.Stride;
        Last = address;
    }

    private uint PageOf(uint address) => (address - _plane) / _chip.Page;

    private DebugFault Command(uint command, uint argument) => Write(_controller + FCR, Key | argument << 8 | command);

    private DebugFault SetMode(uint mode)
    {
        DebugFault fault = DebugFault.None;
        for (int i = 0; i < _chip.Planes && fault.Ok; i++) fault = Write(_chip.Controller(i) + FMR, mode);
        return fault;
    }
}
