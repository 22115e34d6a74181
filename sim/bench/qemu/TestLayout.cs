namespace SharpProbe.Sim.Qemu;

/// <summary>Where a test lives, the same on both machines. The AN500 board has RAM at 0 (4 MB) and at 0x20000000 (4 MB) (Arm AN500, memory map).</summary>
public static class TestLayout
{
    public const uint RamSize = 0x40_0000;
    public const uint CodeRam = 0;
    public const uint DataRam = 0x2000_0000;

    /// <summary>The vectors from HardFault on lead here (<see cref="ExceptionHandler"/>).</summary>
    public const uint Handler = 0x600;
    /// <summary>Where it stays when the exception was not expected.</summary>
    public const uint FaultHandler = Handler + 0xCA;
    /// <summary>Where a test ends.</summary>
    public const uint End = 0x440;
    /// <summary>Runs once after reset: enables the FPU.</summary>
    public const uint StartUp = 0x480;
    public const uint Code = 0x10_0000;
    public const uint CodeLimit = 0x14_0000;

    /// <summary>Read-only values: <see cref="PoolSize"/> bytes of integers, then as many of floating-point numbers.</summary>
    public const uint Pool = DataRam + 0x1_0000;
    public const uint PoolSize = 0x2000;
    /// <summary>Where stores go; written anew for each block.</summary>
    public const uint Window = Pool + 2 * PoolSize;
    public const uint WindowSize = 0x800;

    /// <summary>Cells of the exception handler: resume address, end of its log, use of the FPU; the log follows. Compared like the window.</summary>
    public const uint Cells = Window + WindowSize;
    public const uint ExceptionLog = Cells + 16;
    public const uint CellsSize = 0x1000;

    /// <summary>SP at the start of a block; the log of snapshots grows down from here.</summary>
    public const uint LogTop = DataRam + 0x30_0000;
    public const uint LogSize = 0x4_0000;
}
