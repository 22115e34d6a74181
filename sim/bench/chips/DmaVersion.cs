namespace SharpProbe.Sim.Chips;

/// <summary>What distinguishes the stream DMA controllers of two families (RM0431 chapter 8, RM0433 chapter 15): one design, other surroundings.</summary>
public sealed class DmaVersion
{
    /// <summary>Bits of SxCR that exist.</summary>
    public required uint Cr { get; init; }
    /// <summary>(controller 1 or 2, memory port, address): whether a port reaches it. An access to anything else is a transfer error.</summary>
    public required Func<int, bool, uint, bool> Reaches { get; init; }
    /// <summary>Whether a controller, 1 or 2, moves from memory to memory.</summary>
    public required Func<int, bool> MemoryToMemory { get; init; }

    /// <summary>
    /// RM0431 2.1: both memory ports reach flash on AXI, DTCM through the core's AHBS port, SRAM and external memory, not ITCM. DMA1's peripheral port
    /// is wired to APB1 alone; DMA2's goes to the bus matrix.
    /// </summary>
    public static DmaVersion F7 { get; } = new()
    {
        Cr = 0x1FEF_FFFF,
        Reaches = (controller, memoryPort, address) => controller == 1 && !memoryPort
            ? address is >= 0x4000_0000 and < 0x4000_8000
            : Memory(address) || address is >= 0x2000_0000 and < 0x2001_0000 || controller == 2 && address is >= 0x4000_0000 and < 0x6000_0000,
        MemoryToMemory = controller => controller == 2,
    };

    /// <summary>RM0433 2.1: both controllers sit in domain D2 and reach everything but the core's ITCM and DTCM.</summary>
    public static DmaVersion H7 { get; } = new()
    {
        Cr = 0x01FF_FFFF,
        Reaches = (_, _, address) => address is < 0x2000_0000 or >= 0x2002_0000 && (Memory(address) || address is >= 0x4000_0000 and < 0x6000_0000),
        MemoryToMemory = _ => true,
    };

    private static bool Memory(uint address) => address is >= 0x0800_0000 and < 0x1000_0000 or >= 0x1FF0_0000 and < 0x2000_0000
        or >= 0x2001_0000 and < 0x4000_0000 or >= 0x6000_0000 and < 0xE000_0000;
}
