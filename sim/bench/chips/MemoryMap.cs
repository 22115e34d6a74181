using System.Globalization;

namespace SharpProbe.Sim.Chips;

/// <summary>
/// Where a chip's blocks are, from rows of text as the manual's memory map has them: "40011000 400 USART1" (address and size hexadecimal).
/// </summary>
public sealed class MemoryMap(string rows)
{
    private readonly Dictionary<string, (uint Address, uint Size)> _blocks = rows
        .Split(['\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(row => row.Split(' '))
        .ToDictionary(words => words[2], words => (Hex(words[0]), Hex(words[1])));

    public IReadOnlyCollection<string> Names => _blocks.Keys;

    public uint AddressOf(string name) => _blocks[name].Address;

    /// <summary>Maps a block where the manual has it.</summary>
    public void Map(Bus bus, IBusDevice block) => bus.Map(_blocks[block.Name].Address, _blocks[block.Name].Size, block);

    /// <summary>Puts an <see cref="UnmodelledBlock"/> wherever nothing is mapped yet. Call it last.</summary>
    /// <param name="bus">Where.</param>
    /// <param name="quiet">They read as zero: a debugger that looks for another maker's registers there learns nothing and breaks nothing.</param>
    public void MapRest(Bus bus, bool quiet = false)
    {
        foreach (var (name, (address, size)) in _blocks)
            if (bus.Find(address) is null) bus.Map(address, size, new UnmodelledBlock(name, quiet));
    }

    private static uint Hex(string text) => uint.Parse(text, NumberStyles.HexNumber);
}
