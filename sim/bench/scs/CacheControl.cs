using System.Numerics;
using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Scs;

/// <summary>
/// Cache identification and maintenance, and the M7's memory interface controls (DDI0403 B2.2.7, B3.2; DDI0489 3.3). The bench keeps no cache contents:
/// memory is always coherent, and maintenance costs its cycles only. A DMA buffer that the firmware forgot to clean is therefore not caught here.
/// </summary>
public sealed class CacheControl
{
    // Operations by address touch one line, operations on everything are quick in hardware; both are a store as seen by the core (DDI0489 5.2).
    private static readonly (string Name, uint Offset)[] Operations =
    [
        ("ICIALLU", 0xF50), ("ICIMVAU", 0xF58), ("DCIMVAC", 0xF5C), ("DCISW", 0xF60), ("DCCMVAU", 0xF64), ("DCCMVAC", 0xF68), ("DCCSW", 0xF6C),
        ("DCCIMVAC", 0xF70), ("DCCISW", 0xF74), ("BPIALL", 0xF78),
    ];

    private readonly CoreFeatures _features;
    private readonly Action _instructionsInvalidated;
    private uint _selection;

    /// <param name="features">Cache sizes.</param>
    /// <param name="instructionsInvalidated">Called by ICIALLU and ICIMVAU: decoded instructions are void.</param>
    public CacheControl(CoreFeatures features, Action instructionsInvalidated) => (_features, _instructionsInvalidated) = (features, instructionsInvalidated);

    /// <summary>Maintenance operations since power-on, for tests and profiles.</summary>
    public long OperationCount { get; private set; }

    public void Reset() => _selection = 0;

    public IEnumerable<Register> Registers()
    {
        if (!_features.IsM7) yield break;
        yield return Constant("CLIDR", 0xD78, 0x0900_0003);
        yield return Constant("CTR", 0xD7C, 0x8303_C003);
        yield return new() { Name = "CCSIDR", Offset = 0xD80, WriteMask = 0, OnRead = () => _selection == 0 ? SizeId(_features.DataCache, 4) : SizeId(_features.InstructionCache, 2) };
        yield return new() { Name = "CSSELR", Offset = 0xD84, OnRead = () => _selection, OnWrite = (_, v) => Select(v) };
        foreach (var (name, offset) in Operations)
            yield return new() { Name = name, Offset = offset, ReadMask = 0, WriteMask = 0, OnWrite = (_, _) => Maintain(offset) };
        // The TCM sizes are the part's; ST enables both TCMs at reset (RM0431 2.4, RM0433 2.4), retry and read-modify-write included.
        yield return new() { Name = "ITCMCR", Offset = 0xF90, Reset = TcmControl(_features.InstructionTcm), WriteMask = 7 };
        yield return new() { Name = "DTCMCR", Offset = 0xF94, Reset = TcmControl(_features.DataTcm), WriteMask = 7 };
        yield return new() { Name = "AHBPCR", Offset = 0xF98, Reset = 0x3, WriteMask = 1 };
        yield return new() { Name = "CACR", Offset = 0xF9C, WriteMask = 7 };
        yield return new() { Name = "AHBSCR", Offset = 0xFA0, Reset = 0x0000_0801, WriteMask = 0xFFFF };
        yield return new() { Name = "ABFSR", Offset = 0xFA8, WriteMask = 0 };
    }

    private static Register Constant(string name, uint offset, uint value) => new() { Name = name, Offset = offset, Reset = value, WriteMask = 0 };

    /// <summary>CCSIDR of a cache with 32-byte lines: attributes (write-through, write-back, read and write allocation) 31:28, sets - 1 27:13, ways - 1 12:3, line 2:0.</summary>
    private static uint SizeId(int kilobytes, int ways) =>
        kilobytes == 0 ? 0 : 0xF000_0001 | (uint)(kilobytes * 1024 / 32 / ways - 1) << 13 | (uint)(ways - 1) << 3;

    /// <summary>SZ in bits 6:3 counts powers of two from 512 bytes on (4 KB is 3); EN, RMW and RETEN are 1 after reset on STM32.</summary>
    private static uint TcmControl(int kilobytes) => kilobytes == 0 ? 0 : (uint)(BitOperations.Log2((uint)kilobytes) + 1) << 3 | 7;

    private void Select(uint value)
    {
        if (value > 1) throw new BenchStop($"CSSELR written with 0x{value:X}: this core has one level of cache (DDI0403 B4.8.4)");
        _selection = value;
    }

    private void Maintain(uint offset)
    {
        OperationCount++;
        if (offset is 0xF50 or 0xF58) _instructionsInvalidated();
    }
}
