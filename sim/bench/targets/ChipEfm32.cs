using System.Buffers.Binary;
using System.Numerics;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Efm32;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>EFM32GG230F1024, EFM32HG322F64 and EFR32MG12P432F1024, assembled (EFM32GG, EFM32HG and EFR32xG12 reference manuals, datasheets).</summary>
public sealed class ChipEfm32 : PlainChip
{
    private readonly bool _isM0Plus;

    private const uint AapAddress = 0xF0E0_0000, CodeRam = 0x1000_0000, UserData = 0x0FE0_0000, LockBits = 0x0FE0_4000, DeviceInformation = 0x0FE0_8000;

    public ChipEfm32(Efm32Part part, TimeBase time, Nets nets) : base(part.Die, part.Core.IsV6M ? CoreKind.CortexM0Plus : part.Core.HasFpu ? CoreKind.CortexM4 : CoreKind.CortexM3, part.Core, part.Hertz, time, nets)
    {
        _isM0Plus = part.Core.IsV6M;
        var flash = new MemoryRegion("flash", 0, part.FlashKilobytes * 1024, MemoryTiming.Flash);
        var user = new MemoryRegion("user data page", UserData, part.PageSize, MemoryTiming.Flash);
        var locks = new MemoryRegion("lock bits page", LockBits, part.PageSize, MemoryTiming.Flash);
        foreach (var region in (MemoryRegion[])[flash, user, locks]) Bus.Map(region);
        var information = AddFixed("device information page", DeviceInformation, 0x1000).Span;
        // Reference manuals, "Device information (DI) page".
        BinaryPrimitives.WriteUInt64LittleEndian(information[0x1F0..], 0x000B_57FF_FE12_3456);
        information[0x1E7] = (byte)(BitOperations.Log2(part.PageSize) - 10);
        BinaryPrimitives.WriteUInt16LittleEndian(information[0x1F8..], (ushort)part.FlashKilobytes);
        BinaryPrimitives.WriteUInt16LittleEndian(information[0x1FA..], (ushort)part.RamKilobytes);
        BinaryPrimitives.WriteUInt32LittleEndian(information[0x1FC..], part.Part);
        Bus.Alias(CodeRam, AddRam("RAM", 0x2000_0000, part.RamKilobytes, MemoryTiming.Ahb));
        if (_isM0Plus) Bus.Map(Efm32Part.RomTableM0Plus, 0x1000, new RomTable("ROM table", 0x0C6, 0x673, [0xF000_0003]));
        Msc = new(Die, Work, part.Times, part.PageSize, part.IsSeries1, flash, user, locks);
        Place(part.Msc, 0x400, Msc);
    }

    public MscLockBits Msc { get; }

    public override bool IsOpen => _isM0Plus || !Msc.IsDebugLocked;

    public override bool Admits(uint address) => !_isM0Plus || !Msc.IsDebugLocked || address - AapAddress < 0x100;

    /// <summary>Of parts with a Cortex-M0+.</summary>
    public void AddAap(AapRegisters registers) => Bus.Map(AapAddress, 0x100, new AapOnBus(registers, () => Msc.IsDebugLocked));
}
