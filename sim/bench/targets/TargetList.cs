using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Kinetis;
using SharpProbe.Sim.Chips.Lpc;

namespace SharpProbe.Sim.Targets;

/// <summary>The simulated targets by name.</summary>
public static class TargetList
{
    public static IReadOnlyList<TargetEntry> All { get; } =
    [
        .. TargetVariant.All.Select(v => new TargetEntry(v.Name, "STM32F1", $"{v.Words}, {v.FlashKilobytes} KB of flash", probe => new Stm32F103(probe, v))),
        .. ChipF0.Parts.Select(part => Of(part.Core.IsV6M ? "STM32F0" : "STM32F3", part, (time, nets) => new ChipF0(part, time, nets))),
        .. ChipF4.Parts.Select(part => Of("STM32F4", part, (time, nets) => new ChipF4(part, time, nets))),
        .. ChipF4Kin.Parts.Select(part => Of($"STM32{part.Name[5..7].ToUpperInvariant()}", part, (time, nets) => new ChipF4Kin(part, time, nets))),
        new(Nrf51822.TargetName, "nRF51", "nRF51822, 256 KB of flash, 16 KB of RAM", probe => new Nrf51822(probe)),
        new(Nrf52832.TargetName, "nRF52", "nRF52832, 512 KB of flash, 64 KB of RAM", probe => new Nrf52832(probe)),
        new(ChipNrf53.Nrf5340, "nRF53", "nRF5340, 1 MB of flash, 512 KB of RAM, a Cortex-M33; its network core is off", probe => new Nrf53(probe, ChipNrf53.Nrf5340)),
        new(ChipNrf53.Nrf9160, "nRF91", "nRF9160, 1 MB of flash, 256 KB of RAM, a Cortex-M33", probe => new Nrf53(probe, ChipNrf53.Nrf9160)),
        .. ChipL4.Parts.Select(part => Of("STM32L4", part, (time, nets) => new ChipL4(part, time, nets))),
        new(Rp2040.TargetName, "RP2040", "RP2040, 264 KB of RAM, 2 MB of serial flash", probe => new Rp2040(probe)),
        new(Rp2040.SmallName, "RP2040", "RP2040, 264 KB of RAM, 512 KB of serial flash", probe => new Rp2040(probe, Rp2040.SmallName, 512)),
        new(Rp2350.TargetName, "RP2350", "RP2350, 520 KB of RAM, 4 MB of serial flash", probe => new Rp2350(probe)),
        new(Rp2350.SmallName, "RP2350", "RP2350, 520 KB of RAM, 512 KB of serial flash", probe => new Rp2350(probe, Rp2350.SmallName, 512)),
        .. KinetisPart.All.Select(part => new TargetEntry(part.Name, part.IsL ? "Kinetis L" : "Kinetis K", part.Words, probe => new Kinetis(probe, part.Name, (time, nets) => new ChipKinetis(part, time, nets)))),
        .. S32Part.All.Select(part => new TargetEntry(part.Name, part.Family, part.Words, probe => new Kinetis(probe, part.Name, (time, nets) => new ChipS32K(part, time, nets)))),
        .. KePart.All.Select(part => new TargetEntry(part.Name, "Kinetis E", part.Words, probe => new Kinetis(probe, part.Name, (time, nets) => new ChipKe(part, time, nets)))),
        .. LpcPart.All.Select(part => new TargetEntry(part.Name, $"LPC{part.Series}", part.Words, probe => new Lpc(probe, part))),
        .. ChipH7.Parts.Select(part => Of("STM32H7", part, (time, nets) => new ChipH7(part, time, nets))),
        .. ChipH5.Parts.Select(part => Of("STM32H5", part, (time, nets) => new ChipH5(part, time, nets))),
        .. ChipL0.Parts.Select(part => Of(part.Core.IsV6M ? "STM32L0" : "STM32L1", part, (time, nets) => new ChipL0(part, time, nets))),
        new(ChipSam.D21, "SAMD21", "ATSAMD21G18A, 256 KB of flash, 32 KB of RAM", probe => new SamTarget(probe, ChipSam.D21)),
        new(ChipSam.E54, "SAME5x", "ATSAME54P20A, 1 MB of flash, 256 KB of RAM", probe => new SamTarget(probe, ChipSam.E54)),
        .. Sam4Part.All.Select(part => new TargetEntry(part.Name, part.Die, part.Words, probe => new PlainTarget(probe, part.Name, part.Port, (time, nets) => new ChipSam4(part, time, nets)))),
        .. Efm32Part.All.Select(part => new TargetEntry(part.Name, part.IsSeries1 ? "EFR32" : "EFM32", part.Words, probe => new Efm32(probe, part))),
        new(ChipEfr32S2.TargetName, "EFR32", "EFR32MG22C224, 512 KB of flash, 32 KB of RAM, a Cortex-M33", probe => new PlainTarget(probe, ChipEfr32S2.TargetName, ChipEfr32S2.Port, (time, nets) => new ChipEfr32S2(time, nets))),
        .. ChipL5.Parts.Select(part => Of(part.Idcode % 0x1000 == 0x472 ? "STM32L5" : "STM32U5", part, (time, nets) => new ChipL5(part, time, nets))),
        .. ChipL4Kin.Parts.Select(part => Of($"STM32{part.Name[5..7].ToUpperInvariant()}", part, (time, nets) => new ChipL4Kin(part, time, nets))),
        .. ChipG0.Parts.Select(part => Of("STM32G0", part, (time, nets) => new ChipG0(part, time, nets))),
    ];

    private static TargetEntry Of(string family, StPart part, Func<TimeBase, Pins.Nets, StChip> build) => new(part.Name, family, part.Words, probe => new StTarget(probe, part, build));

    public static TargetEntry Find(string name) => All.FirstOrDefault(t => t.Name == name)
        ?? throw new ArgumentException($"no target is named {name}; there are {Names}");

    /// <summary>All names, for messages.</summary>
    public static string Names => string.Join(", ", All.Select(t => t.Name));

    /// <summary>A new target on a probe's wires.</summary>
    public static SimTarget Connect(Machine probe, string name)
    {
        var target = Find(name).Build(probe);
        target.Connect();
        return target;
    }
}
