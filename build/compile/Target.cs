namespace SharpProbe.Build.Compile;

/// <summary>An image to build: the folders of its sources and the folder with its memory.ld and vectors.ld.</summary>
/// <param name="Name">Board name, or "selftest".</param>
/// <param name="Sources">Folders, or single files, whose C# forms the application assembly.</param>
/// <param name="LinkFolders">Where the linker looks for memory.ld and vectors.ld, first match first.</param>
/// <param name="Placement">Which part of the flash it is for.</param>
sealed record Target(string Name, IReadOnlyList<string> Sources, IReadOnlyList<string> LinkFolders, Placement Placement)
{
    public const string SelfTestName = "selftest";

    public string Folder => System.IO.Path.Combine(Repository.Out, Name);

    public string File(string extension) => System.IO.Path.Combine(Folder, Name + extension);

    public string Intermediate(string name) => System.IO.Path.Combine(Folder, "obj", name);

    public static Target SelfTest => new(SelfTestName, [Repository.At("hosttests", "target")], [Repository.At("hosttests", "target")], Placement.Own);

    /// <summary>A program for the simulated target: what gdb loads and debugs through the probe in the demo and in tests.</summary>
    public static Target Demo => new("demo_stm32f103", [Repository.At("demo", "stm32f103")], [Repository.At("demo", "stm32f103")], Placement.Own);

    /// <summary>A program for the simulated target that works with the debugger's console and files.</summary>
    public static Target Hosted => new("hosted_stm32f103", [Repository.At("hosttests", "semihosting", "csharp")], [Repository.At("hosttests", "semihosting", "csharp")], Placement.Own);

    /// <summary>The chip drivers' own test programs: a family's drivers on one of its boards, without that board's Program.</summary>
    public static IReadOnlyList<Target> HalTests { get; } = [HalTest("f7", "stlinkv3mini"), HalTest("h7", "devebox_h743")];

    /// <summary>The measurement of SWD on each board's pins.</summary>
    public static IReadOnlyList<Target> WireTests { get; } =
        [WireTest("f7", "stlinkv3mini"), WireTest("f7", "pybd_sf2"), WireTest("h7", "devebox_h743"), WireTest("h7", "devebox_h750")];

    /// <summary>Every folder of boards/ that has a memory.ld.</summary>
    public static IReadOnlyList<Target> Boards { get; } =
        !Directory.Exists(Repository.At("boards")) ? [] :
        Directory.GetDirectories(Repository.At("boards"))
            .Where(folder => System.IO.File.Exists(System.IO.Path.Combine(folder, "memory.ld")))
            .Order(StringComparer.Ordinal)
            .Select(Board)
            .ToList();

    /// <summary>The boot loader of each board.</summary>
    public static IReadOnlyList<Target> BootLoaders { get; } =
        [BootLoader("f7", "stlinkv3mini"), BootLoader("f7", "pybd_sf2"), BootLoader("h7", "devebox_h743"), BootLoader("h7", "devebox_h750")];

    /// <summary>The V3 mini's application for units that keep ST's boot loader (docs/bootloader.md).</summary>
    public static Target BesideSt { get; } = Board(Repository.At("boards", "stlinkv3mini")) with { Name = "stlinkv3mini_beside_st", Placement = Placement.BesideSt };

    /// <summary>The targets that a --board option names: one, or "all" boards and the self test program.</summary>
    public static IReadOnlyList<Target> Named(string name)
    {
        IReadOnlyList<Target> all = [.. Boards, .. BootLoaders, BesideSt, SelfTest, Demo, Hosted, .. HalTests, .. WireTests];
        if (name == "all") return all;
        Target? target = all.FirstOrDefault(target => target.Name == name);
        return target != null ? [target] : throw new BuildError($"no board \"{name}\": there are {string.Join(", ", all.Select(target => target.Name))} and all");
    }

    private static Target BootLoader(string family, string board) => new(
        "boot_" + board,
        [Repository.At("firmware"), Repository.At("hal"), Repository.At("boards", board, "Board.cs"), Repository.At("boards", "boot", family)],
        [Repository.At("boards", board), Repository.At("linker")],
        Placement.Boot);

    private static Target HalTest(string family, string board) => new(
        "haltest_" + family,
        [Repository.At("firmware"), Repository.At("hal"), Repository.At("boards", board, "Board.cs"), Repository.At("hosttests", "haltest", "common"), Repository.At("hosttests", "haltest", family)],
        [Repository.At("boards", board), Repository.At("linker")],
        Placement.Chip);

    private static Target WireTest(string family, string board) => new(
        "wiretest_" + board,
        [Repository.At("firmware"), Repository.At("hal"), Repository.At("boards", board, "Board.cs"), Repository.At("hosttests", "wiretest", "common"), Repository.At("hosttests", "wiretest", family)],
        [Repository.At("boards", board), Repository.At("linker")],
        Placement.Chip);

    private static Target Board(string folder) => new(
        System.IO.Path.GetFileName(folder),
        [Repository.At("firmware"), Repository.At("hal"), folder],
        [folder, Repository.At("linker")],
        Placement.Application);
}
