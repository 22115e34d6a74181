using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Stm32;

/// <summary>The flash controller of STM32F0, F1 and F3 (PM0075; RM0091 3), programmed by half-words. Parts of more than 512 KiB have a second one, 0x40 higher.</summary>
sealed class Fpec(ProbeSession session) : StFlash(session)
{
    private const uint Base = 0x4002_2000, Bank2 = 0x40;

    /// <summary>First address of each bank.</summary>
    private const uint Bank1Start = 0x0800_0000;
    public const uint Bank2Start = 0x0808_0000;

    private const uint AR = 0x14, OBR = 0x1C;
    private const uint PGERR = 1 << 2, EOP = 1 << 5;
    private const uint PER = 1 << 1, MER = 1 << 2, OPTPG = 1 << 4, OPTER = 1 << 5, OPTWRE = 1 << 9;
    private const uint RDPRT = 1 << 1;

    /// <summary>RCC_CR and its HSION: programming runs on the internal oscillator (PM0075 2.3).</summary>
    private const uint RCC_CR = 0x4002_1000, HSION = 1 << 0;

    /// <summary>Option bytes: eight half-words of a byte and its complement.</summary>
    public const uint OptionBytes = 0x1FFF_F800, OptionCount = 8;

    private uint _bank;                                     // 0, or Bank2

    public override int Unit => 2;

    protected override uint KEYR => Base + _bank + 0x04;
    protected override uint OPTKEYR => Base + 0x08;
    protected override uint SR => Base + _bank + 0x0C;
    protected override uint CR => Base + _bank + 0x10;
    protected override uint ACR => 0;
    protected override uint Busy => 1 << 0;
    protected override uint Errors => PGERR | WRPERR;
    protected override uint Finished => EOP;
    protected override uint LockBit => 1 << 7;
    protected override uint Start => 1 << 6;

    protected override FaultKind KindOf(uint sr) => (sr & WRPERR) != 0 ? FaultKind.FlashWriteProtected : FaultKind.FlashNotErased;

    public override bool IsReadProtected(CortexM core) => core.Bus.Read32(Base + OBR, out uint obr).Ok && (obr & RDPRT) != 0;

    private bool HasBank2 => Core.Map.TryFindFlash(Bank2Start, out _);

    public override DebugFault StartErase(MemoryRegion region, uint block) => Erase(block, PER);

    public override int MassErases => HasBank2 ? 2 : 1;

    public override DebugFault StartMassErase(int index) => Erase(index == 0 ? Bank1Start : Bank2Start, MER);

    protected override DebugFault Aim(uint block) => Write(Base + _bank + AR, block);

    protected override DebugFault WriteArray(uint address, ReadOnlySpan<byte> data) => Core.Bus.WriteHalfwords(address, data);

    protected override DebugFault Select(uint address)
    {
        uint bank = address >= Bank2Start ? Bank2 : 0;
        if (bank == _bank) return DebugFault.None;
        DebugFault fault = SetMode(0);
        _bank = bank;
        return fault;
    }

    protected override DebugFault Unlock()
    {
        DebugFault fault = Read(RCC_CR, out uint rcc);
        if (fault.Ok && (rcc & HSION) == 0) fault = Write(RCC_CR, rcc | HSION);
        _bank = Bank2;
        if (fault.Ok && HasBank2) fault = base.Unlock();
        _bank = 0;
        return fault.Ok ? base.Unlock() : fault;
    }

    public override DebugFault Close()
    {
        DebugFault fault = Select(Bank1Start), closed = base.Close();
        if (fault.Ok) fault = closed;
        if (!HasBank2) return fault;
        _bank = Bank2;
        closed = Write(CR, LockBit);
        _bank = 0;
        return fault.Ok ? closed : fault;
    }

    /// <summary>Erases the option bytes and writes these values; 0xFFFF is left erased. The value of each is in its low byte.</summary>
    public DebugFault WriteOptions(CortexM core, ReadOnlySpan<ushort> values)
    {
        DebugFault fault = UnlockOptions(core, Key1, Key2);
        if (fault.Ok) fault = Write(CR, OPTER | OPTWRE);
        if (fault.Ok) fault = Write(CR, OPTER | OPTWRE | Start);
        fault = Finish(fault, OptionBytes);                 // opening the protection erases all of the flash
        if (fault.Ok) fault = Write(CR, OPTPG | OPTWRE);
        Span<byte> bytes = stackalloc byte[2];
        for (int i = 0; i < values.Length && fault.Ok; i++)
        {
            if (values[i] == 0xFFFF) continue;
            bytes[0] = (byte)values[i];
            bytes[1] = (byte)~values[i];
            uint address = OptionBytes + (uint)i * 2;
            fault = Finish(core.Bus.WriteHalfwords(address, bytes), address);
        }
        DebugFault locked = Close();
        return fault.Failed ? fault : locked;
    }

    private DebugFault Finish(DebugFault begun, uint address)
    {
        uint sr = 0;
        DebugFault fault = begun.Ok ? WaitReady(OptionTimeout, out sr) : begun;
        return fault.Ok ? Check(sr, address) : fault;
    }
}
