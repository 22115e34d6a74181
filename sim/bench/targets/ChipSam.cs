using System.Buffers.Binary;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.Rp2040;
using SharpProbe.Sim.Chips.Sam;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>A SAM with DSU and NVMCTRL, assembled: ATSAMD21G18A (DS40001882) or ATSAME54P20A (DS60001507). Clocks and pins are not modelled: the core runs as after reset.</summary>
public sealed class ChipSam : PlainChip
{
    public const string D21 = "samd21", E54 = "same54";
    private const uint DsuAddress = 0x4100_2000, RomTableAddress = 0x4100_3000, NvmAddress = 0x4100_4000, FirstOpen = DsuAddress + 0x100, LastOpen = DsuAddress + 0x1FFF;

    private static CoreFeatures M0Plus { get; } = CoreFeatures.CortexM0Plus with { InterruptLines = 28, MpuRegions = 0 };
    private static CoreFeatures M4 { get; } = CoreFeatures.CortexM4 with { InterruptLines = 137, PriorityBits = 3 };

    /// <summary>Address of the serial number's words, and what is there.</summary>
    private static readonly (uint Address, uint Value)[] SerialD21 = [(0x0080_A00C, 0x1234_5678), (0x0080_A040, 0x9ABC_DEF0), (0x0080_A044, 0x5350_4B31), (0x0080_A048, 0xFF0A_1B2C)];
    private static readonly (uint Address, uint Value)[] SerialE54 = [(0x0080_61FC, 0x1234_5678), (0x0080_6010, 0x9ABC_DEF0), (0x0080_6014, 0x5350_4B31), (0x0080_6018, 0xFF0A_1B2C)];

    private readonly List<SamBlock> _blocks = [];

    public ChipSam(string name, TimeBase time, Nets nets)
        : base(name == D21 ? "SAMD21" : "SAME54", name == D21 ? CoreKind.CortexM0Plus : CoreKind.CortexM4, name == D21 ? M0Plus : M4, name == D21 ? 1_000_000ul : 48_000_000, time, nets)
    {
        bool d21 = name == D21;
        var flash = new MemoryRegion("flash", 0, d21 ? 256 * 1024u : 1024 * 1024, MemoryTiming.Flash);
        var user = new MemoryRegion("user row", 0x0080_4000, d21 ? NvmctrlD21.RowSize : NvmctrlE5.PageSize, MemoryTiming.Flash);
        Bus.Map(flash);
        Bus.Map(user);
        AddRam("RAM", 0x2000_0000, d21 ? 32u : 256, MemoryTiming.Ahb);
        var serial = d21 ? SerialD21 : SerialE54;
        var fixedRows = new[] { AddFixed("calibration row", 0x0080_6000, 0x200), AddFixed("factory row", 0x0080_A000, 0x100) };
        foreach (var (address, value) in serial)
            foreach (var row in fixedRows)
                if (address - row.Address < row.Size) BinaryPrimitives.WriteUInt32LittleEndian(row.Span[(int)(address - row.Address)..], value);
        if (d21)
        {
            Nvm = new NvmctrlD21(Die, Work, flash, user);
            Dsu = new(Die, Nvm, 0x1001_0305, null, Rams);
            Place(0x4100_0000, 0x400, new KeptBlock("PAC1", ("WPCLR", 0, 2), ("WPSET", 4, 2)));
        }
        else
        {
            var nvm = new NvmctrlE5(Die, Work, flash, user);
            Nvm = nvm;
            Dsu = new(Die, Nvm, 0x6184_0300, () => nvm.ChipEraseLocked, Rams);
            Place(0x4000_0000, 0x400, new KeptBlock("PAC", ("WRCTRL", 0, 0)));
        }
        _blocks.AddRange([Nvm, Dsu]);
        Bus.Map(DsuAddress, 0x1000, Dsu);
        // The MTB's entry says "not present".
        Bus.Map(RomTableAddress, 0x1000, new RomTable("DSU ROM table", 0xCD0, 0x01F, d21 ? [0x9F0F_C003, 0x0000_3002] : [0x9F0F_C003]));
        Bus.Map(NvmAddress, 0x1000, Nvm);
    }

    public Dsu Dsu { get; }
    public SamNvm Nvm { get; }

    /// <summary>For register checks.</summary>
    public IReadOnlyList<SamBlock> SamBlocks => _blocks;

    public static PlainPort Port(string name) => name == D21 ? PlainPort.M0Plus(RomTableAddress | 3, "PA22", "PA23") : PlainPort.M4(RomTableAddress | 3, "PB25", "PB24");

    /// <summary>A secured part shows its DSU from outside, and that is all ("Intellectual property protection").</summary>
    public override bool Admits(uint address) => !Nvm.IsSecured || address is >= FirstOpen and <= LastOpen;

    protected override void ResetBlocks(ResetCause cause)
    {
        foreach (var block in _blocks) block.Reset();
    }
}
