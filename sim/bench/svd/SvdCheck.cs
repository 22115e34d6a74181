using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Svd;

/// <summary>Compares models' registers with an SVD file: names, offsets, reset values, readable and writable bits. The blocks must be fresh from reset.</summary>
public static class SvdCheck
{
    /// <summary>Blocks that some files call otherwise than the manual.</summary>
    private static readonly Dictionary<string, string> OtherNames = new() { ["FLASH"] = "Flash", ["GPV"] = "AXI" };

    /// <summary>All modelled blocks of a board's chip. The machine must be fresh from power-on.</summary>
    public static SvdReport Run(string svdPath, Machine machine)
    {
        var file = new SvdFile(svdPath);
        int blocks = 0, registers = 0;
        List<SvdDifference> unexplained = [];
        List<(SvdDifference, string)> explained = [];
        List<string> absent = [];
        foreach (var (name, block) in machine.Chip.Blocks)
        {
            string theirs = !file.Has(name) && file.Has(name + "_GLOBAL") ? name + "_GLOBAL" : !file.Has(name) && OtherNames.TryGetValue(name, out string? other) ? other : name;
            if (!file.Has(theirs))
            {
                absent.Add(name);
                continue;
            }
            (blocks, registers) = (blocks + 1, registers + block.Registers.Count);
            foreach (var difference in Compare(block, file, theirs))
                if (SvdExplanations.All.FirstOrDefault(e => e.Covers(file.Name, difference)) is { Reason: { } reason }) explained.Add((difference, reason));
                else unexplained.Add(difference);
        }
        return new(file.Name, blocks, registers, unexplained, explained, absent);
    }

    /// <summary>Everything that differs. <paramref name="svdName"/>: the peripheral's name in the file where it is another.</summary>
    public static IReadOnlyList<SvdDifference> Compare(Peripheral block, SvdFile file, string? svdName = null)
    {
        var theirs = Registers(svdName ?? block.Name, file).ToLookup(r => r.Offset);
        var differences = new List<SvdDifference>();
        foreach (var ours in block.Registers)
        {
            string name = $"{block.Name}.{ours.Name}";
            if (!theirs.Contains(ours.Offset)) differences.Add(new(name, "extra", $"0x{ours.Offset:X}", "nothing"));
            // Several descriptions of one offset are views for different modes: one that fits is enough.
            else if (theirs[ours.Offset].Select(r => Compare(name, ours, r)).MinBy(d => d.Count) is { Count: > 0 } found) differences.AddRange(found);
        }
        var known = block.Registers.Select(r => r.Offset).ToHashSet();
        foreach (var missing in theirs.Where(group => !known.Contains(group.Key)).Select(group => group.First()))
            differences.Add(new($"{block.Name}.{missing.Name}", "missing", "nothing", $"0x{missing.Offset:X}"));
        return differences;
    }

    /// <summary>The files cut the OTG cores into four: what belongs to a part is at an offset from the first.</summary>
    private static IEnumerable<SvdRegister> Registers(string name, SvdFile file)
    {
        var found = file.Registers(name);
        const string first = "_GLOBAL";
        if (!name.EndsWith(first, StringComparison.Ordinal)) return found;
        string core = name[..^first.Length];
        return found.Concat(OtgParts.SelectMany(part => file.Registers(core + part.Name).Select(r => r with { Offset = r.Offset + part.Offset })));
    }

    private static readonly (string Name, uint Offset)[] OtgParts = [("_HOST", 0x400), ("_DEVICE", 0x800), ("_PWRCLK", 0xE00)];

    /// <summary>What remains after the explained differences.</summary>
    public static IReadOnlyList<SvdDifference> Unexplained(IEnumerable<SvdDifference> differences, SvdFile file) =>
        [.. differences.Where(d => !SvdExplanations.All.Any(e => e.Covers(file.Name, d)))];

    private static List<SvdDifference> Compare(string name, Register ours, SvdRegister theirs)
    {
        var found = new List<SvdDifference>();
        // Some files put the peripheral's name in front (DMAMUX_C0CR) or a mode's name behind (CCMR1_Output).
        bool same = ours.Name == theirs.Name || theirs.Name.EndsWith("_" + ours.Name, StringComparison.Ordinal) || theirs.Name.StartsWith(ours.Name + "_", StringComparison.Ordinal)
            || theirs.Name.Contains($"_{ours.Name}_", StringComparison.Ordinal);
        if (!same) found.Add(new(name, "name", ours.Name, theirs.Name));
        uint reset = (ours.OnRead?.Invoke() ?? ours.Reset) & ours.ReadMask;
        if (reset != theirs.Reset) found.Add(new(name, "reset", Hex(reset), Hex(theirs.Reset)));
        if (ours.ReadMask != 0 && ours.ReadMask != theirs.Fields) found.Add(new(name, "read", Hex(ours.ReadMask), Hex(theirs.Fields)));
        // A write-only register acts through its hook and stores nothing.
        uint writes = ours.WriteMask | ours.ClearByOne;
        if ((writes != 0 || ours.OnWrite is null) && writes != theirs.Writable) found.Add(new(name, "write", Hex(writes), Hex(theirs.Writable)));
        return found;
    }

    private static string Hex(uint value) => $"0x{value:X8}";
}
