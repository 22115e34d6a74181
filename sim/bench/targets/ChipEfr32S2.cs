using System.Buffers.Binary;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.Efm32;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>EFR32MG22C224F512, assembled (EFR32xG22 reference manual and datasheet), without TrustZone and without the secure engine's debug challenge interface: 512 KB of flash, 32 KB of RAM. The core executes what a Cortex-M4 does and says it is a Cortex-M33.</summary>
public sealed class ChipEfr32S2 : PlainChip
{
    public const string TargetName = "efr32mg22";
    private const uint FlashKilobytes = 512, RamKilobytes = 32, PageSize = 8192, UserData = 0x0FE0_0000, DeviceInformation = 0x0FE0_8000, SecureAlias = 0x1000_0000, Part = 1 << 24 | 22 << 16 | 2224;

    private readonly CmuS2 _cmu = new();

    private static CoreFeatures Features { get; } = CoreFeatures.CortexM4 with
    {
        CpuId = 0x410F_D214, InterruptLines = 66, FpbVersion = 2, FpbCodeComparators = 8, FpbLiteralComparators = 0, DwtComparators = 0, HasTpiu = false, HasCti = true,
        PartRomTable = (0x0C5, 0x222, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003]),
    };

    public ChipEfr32S2(TimeBase time, Nets nets) : base("EFR32MG22", CoreKind.CortexM4, Features, 19_000_000, time, nets)
    {
        var flash = new MemoryRegion("flash", 0, FlashKilobytes * 1024, MemoryTiming.Flash);
        var user = new MemoryRegion("user data", UserData, 0x400, MemoryTiming.Flash);
        Bus.Map(flash);
        Bus.Map(user);
        var information = AddFixed("device information", DeviceInformation, 0x400).Span;
        uint[] words = [0x0700_0000, Part, 0x0200_0003, RamKilobytes << 16 | FlashKilobytes];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(information[(i * 4)..], words[i]);
        BinaryPrimitives.WriteUInt64LittleEndian(information[0x48..], 0x588E_81FF_FE65_4321);
        AddRam("RAM", 0x2000_0000, RamKilobytes, MemoryTiming.Ahb);
        Msc = new(Die, Work, PageSize, flash, user);
        foreach (uint alias in (uint[])[0, SecureAlias])
        {
            Bus.Map(alias + 0x4000_8000, 0x4000, new BlockS2(_cmu, () => true));
            Bus.Map(alias + 0x4003_0000, 0x4000, new BlockS2(Msc, () => _cmu.MscOn));
        }
    }

    public MscS2 Msc { get; }

    public static PlainPort Port { get; } = new(0x6BA0_2477, 0x8477_0001, PlainPort.ArmTable, false, ("PA5", "PA6"));

    protected override void ResetBlocks(ResetCause cause)
    {
        _cmu.Reset();
        Msc.Reset();
    }
}
