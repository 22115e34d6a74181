using System.Buffers.Binary;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Efm32;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>EFM32GG230F1024, assembled (EFM32GG reference manual, EFM32GG230 datasheet): a Cortex-M3 with 1 MB of flash and 128 KB of RAM, 14 MHz after reset.</summary>
public sealed class ChipEfm32 : PlainChip
{
    public const string TargetName = "efm32gg";
    private const uint FlashKilobytes = 1024, RamKilobytes = 128, CodeRam = 0x1000_0000, UserData = 0x0FE0_0000, LockBits = 0x0FE0_4000, DeviceInformation = 0x0FE0_8000;

    private static CoreFeatures Features { get; } = CoreFeatures.CortexM3 with
    {
        CpuId = 0x412F_C231, InterruptLines = 39, PriorityBits = 3, MpuRegions = 8, HasEtm = true,
        PartRomTable = (0x0C4, 0x673, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003, 0xFFF0_1003, 0xFFF4_1003, 0xFFF4_2003]),
    };

    public ChipEfm32(TimeBase time, Nets nets) : base("EFM32GG", CoreKind.CortexM3, Features, 14_000_000, time, nets)
    {
        var flash = new MemoryRegion("flash", 0, FlashKilobytes * 1024, MemoryTiming.Flash);
        var user = new MemoryRegion("user data page", UserData, Msc.PageSize, MemoryTiming.Flash);
        var locks = new MemoryRegion("lock bits page", LockBits, Msc.PageSize, MemoryTiming.Flash);
        foreach (var region in (MemoryRegion[])[flash, user, locks]) Bus.Map(region);
        var information = AddFixed("device information page", DeviceInformation, 0x1000).Span;
        // Reference manual, "Device information (DI) page".
        BinaryPrimitives.WriteUInt64LittleEndian(information[0x1F0..], 0x000B_57FF_FE12_3456);
        information[0x1E7] = 2;
        BinaryPrimitives.WriteUInt16LittleEndian(information[0x1F8..], (ushort)FlashKilobytes);
        BinaryPrimitives.WriteUInt16LittleEndian(information[0x1FA..], (ushort)RamKilobytes);
        BinaryPrimitives.WriteUInt16LittleEndian(information[0x1FC..], 230);
        information[0x1FE] = 72;
        information[0x1FF] = 0x1F;
        Bus.Alias(CodeRam, AddRam("RAM", 0x2000_0000, RamKilobytes, MemoryTiming.Ahb));
        Msc = new(Die, Work, flash, user, locks);
        Place(0x400C_0000, 0x400, Msc);
    }

    public Msc Msc { get; }

    public static PlainPort Port { get; } = new(0x2BA0_1477, 0x2477_0011, PlainPort.ArmTable, false, ("PD4", "PD5"));

    public override bool IsOpen => !Msc.IsDebugLocked;
}
