namespace SharpProbe.Tests.Guest;

/// <summary>A simulated target and what other people's tools call it.</summary>
/// <param name="Name">On the bench.</param>
/// <param name="OpenOcd">Its file in OpenOCD's target/.</param>
/// <param name="Driver">OpenOCD's flash driver.</param>
/// <param name="Device">What that driver says it found.</param>
/// <param name="PyOcd">Its target in Debian's pyOCD; null: there is none.</param>
/// <param name="HasFpu">A Cortex-M4.</param>
/// <param name="Milliseconds">What the part itself needs for erasing and programming that, at its best: the datasheet's typical times.</param>
/// <param name="Erase">Bytes of the part of the flash, from its beginning on, that is a whole number of pages or sectors and is programmed here.</param>
internal sealed record ForeignTarget(string Name, string OpenOcd, string Driver, string Device, string? PyOcd, bool HasFpu, int Erase, double Milliseconds)
{
    public static IReadOnlyList<ForeignTarget> All { get; } =
    [
        new("stm32f051", "stm32f0x", "stm32f1x", "device id = 0x20000440", null, false, 8 * 1024, 8 * 30 + 8 * 512 * 0.0535) { OverHid = false },
        new("stm32f303", "stm32f3x", "stm32f1x", "device id = 0x10036422", null, true, 16 * 1024, 8 * 30 + 16 * 512 * 0.0535) { Whole = false, OverHid = false },
        new("stm32f407", "stm32f4x", "stm32f2x", "device id = 0x10076413", null, true, 32 * 1024, 2 * 250 + 32 * 256 * 0.016),
        new("stm32f412", "stm32f4x", "stm32f2x", "device id = 0x30006441", "stm32f412xg", true, 32 * 1024, 2 * 250 + 32 * 256 * 0.016) { Whole = false, OverHid = false },
        new("stm32l475", "stm32l4x", "stm32l4x", "device idcode = 0x10076415 (STM32L47/L48xx - Rev 4 : 0x1007)", "stm32l475xg", true, 16 * 1024, 8 * 22.02 + 16 * 128 * 0.08169) { OverHid = false },
        new("stm32h743", "stm32h7x", "stm32h7x", "Device: STM32H74x/75x", null, true, 128 * 1024, 1000 + 128 * 32 * 0.1) { Breakpoints = 8, OverHid = false },
        new("stm32h7a3", "stm32h7x", "stm32h7x", "Device: STM32H7Ax/7Bx", null, true, 16 * 1024, 2 * 2 + 16 * 64 * 0.032) { Whole = false, OverHid = false },
        new("stm32h723", "stm32h7x", "stm32h7x", "Device: STM32H72x/73x", null, true, 128 * 1024, 1000 + 128 * 32 * 0.1) { Whole = false, OverHid = false },
        new("stm32l011", "stm32l0", "stm32lx", "Device: STM32L0xx (Cat.1)", null, false, 4 * 1024, 32 * 3.28 + 64 * 3.28) { Whole = false, OverHid = false },
        new("stm32l151", "stm32l1", "stm32lx", "Device: STM32L1xx (Cat.1 - Low/Medium Density)", null, false, 8 * 1024, 32 * 3.28 + 64 * 3.28) { Whole = false, OverHid = false },
        new("stm32l162", "stm32l1", "stm32lx", "Device: STM32L1xx (Cat.3 - Medium+ Density)", null, false, 8 * 1024, 32 * 3.28 + 64 * 3.28) { Whole = false, OverHid = false },
        new("stm32f410", "stm32f4x", "stm32f2x", "device id = 0x10000458", null, true, 32 * 1024, 2 * 250 + 32 * 256 * 0.016) { Whole = false, OverHid = false },
        new("stm32l053", "stm32l0", "stm32lx", "Device: STM32L0xx (Cat. 3)", null, false, 8 * 1024, 64 * 3.28 + 128 * 3.28) { OverHid = false },
        new("stm32l152", "stm32l1", "stm32lx", "Device: STM32L1xx (Cat.1 - Low/Medium Density)", null, false, 8 * 1024, 32 * 3.28 + 64 * 3.28) { Breakpoints = 6, Watchpoints = 4, OverHid = false },
        new("stm32g071", "stm32g0x", "stm32l4x", "device idcode = 0x20006460 (STM32G07/G08xx", null, false, 16 * 1024, 8 * 22.0 + 16 * 128 * 0.085) { Whole = false, OverHid = false },
        new("stm32l552", "stm32l5x", "stm32l4x", "device idcode = 0x20016472 (STM32L55/L56xx", null, true, 16 * 1024, 8 * 22.02 + 16 * 128 * 0.0817) { Breakpoints = 8, Watchpoints = 0, OverHid = false },
        new("stm32u575", "stm32u5x", "stm32l4x", "device idcode = 0x30016482 (STM32U57/U58xx", null, true, 16 * 1024, 2 * 1.5 + 16 * 64 * 0.118) { Whole = false, OverHid = false },
        new("stm32l552-tz", "stm32l5x", "stm32l4x", "TZEN = 1 : TrustZone enabled by option bytes", null, true, 16 * 1024, 8 * 22.02 + 16 * 128 * 0.0817) { Address = 0x0C00_0000, Bank = 1, Before = "stm32l5x.cpu invoke-event gdb-flash-erase-start", Whole = false, OverHid = false },
        new("stm32l4r5", "stm32l4x", "stm32l4x", "device idcode = 0x10036470 (STM32L4R/L4Sxx", null, true, 16 * 1024, 4 * 22.02 + 16 * 128 * 0.08169) { Whole = false, OverHid = false },
        new("stm32g474", "stm32g4x", "stm32l4x", "device idcode = 0x20016469 (STM32G47/G48xx", null, true, 16 * 1024, 8 * 22.02 + 16 * 128 * 0.08169) { Whole = false, OverHid = false },
        new("stm32g431", "stm32g4x", "stm32l4x", "device idcode = 0x20016468 (STM32G43/G44xx", null, true, 16 * 1024, 8 * 22.02 + 16 * 128 * 0.08169) { Whole = false, OverHid = false },
        new("stm32wb55", "stm32wbx", "stm32l4x", "device idcode = 0x20016495 (STM32WB5x", null, true, 16 * 1024, 4 * 22.02 + 16 * 128 * 0.08169) { Whole = false, OverHid = false },
        new("stm32wl55", "stm32wlx", "stm32l4x", "device idcode = 0x10006497 (STM32WLE/WL5x", null, true, 16 * 1024, 8 * 22.02 + 16 * 128 * 0.08169) { Whole = false, OverHid = false },
        new("stm32f207", "stm32f2x", "stm32f2x", "device id = 0x20016411", null, false, 32 * 1024, 2 * 250 + 32 * 256 * 0.016) { Whole = false, OverHid = false },
        new("stm32f429", "stm32f4x", "stm32f2x", "device id = 0x20036419", "stm32f439xi", true, 32 * 1024, 2 * 250 + 32 * 256 * 0.016) { Whole = false, OverHid = false },
        new("stm32f722", "stm32f7x", "stm32f2x", "device id = 0x10000452", null, true, 32 * 1024, 2 * 250 + 32 * 256 * 0.016) { Whole = false, OverHid = false },
        new("stm32f746", "stm32f7x", "stm32f2x", "device id = 0x10016449", null, true, 32 * 1024, 250 + 32 * 256 * 0.016) { Whole = false, OverHid = false },
        new("stm32f767", "stm32f7x", "stm32f2x", "device id = 0x10016451", null, true, 32 * 1024, 2 * 250 + 32 * 256 * 0.016) { Whole = false, OverHid = false },
    ];

    /// <summary>Where its flash is programmed, and the number of OpenOCD's bank there.</summary>
    public uint Address { get; init; } = 0x0800_0000;
    public int Bank { get; init; }

    /// <summary>What OpenOCD must do first by its own script: the event that puts its loader into secure RAM.</summary>
    public string? Before { get; init; }

    /// <summary>Debugging by OpenOCD, and gdb at its port, are tried too: not where a sister has the same core.</summary>
    public bool Whole { get; init; } = true;

    /// <summary>Comparators of its breakpoint unit.</summary>
    public int Breakpoints { get; init; } = HasFpu ? 6 : 4;

    public int Watchpoints { get; init; } = HasFpu ? 4 : 2;

    /// <summary>Both transports are tried; they differ in nothing that a flash driver sees, so not with every target.</summary>
    public bool OverHid { get; init; } = true;

    public static ForeignTarget Of(string name) => All.First(t => t.Name == name);

    public static TheoryData<string> Names => [.. All.Where(t => t.Whole).Select(t => t.Name)];

    /// <summary>With both transports of CMSIS-DAP.</summary>
    public static TheoryData<string, string> OverBoth => Over(All);

    /// <summary>Those that are <see cref="Whole"/>.</summary>
    public static TheoryData<string, string> WholeOverBoth => Over(All.Where(t => t.Whole));

    private static TheoryData<string, string> Over(IEnumerable<ForeignTarget> targets)
    {
        var data = new TheoryData<string, string>();
        foreach (var target in targets)
            foreach (string transport in target.OverHid ? (string[])["usb_bulk", "hid"] : ["usb_bulk"]) data.Add(target.Name, transport);
        return data;
    }

    public static TheoryData<string> KnownToPyOcd => [.. All.Where(t => t.PyOcd is not null).Select(t => t.Name)];
}
