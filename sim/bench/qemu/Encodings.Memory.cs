namespace SharpProbe.Sim.Qemu;

public static partial class Encodings
{
    /// <summary>32-bit loads and stores (A5.3.5 to A5.3.10), also the exclusive ones that need no partner; pairs of those are <see cref="FlowUnits"/>'.</summary>
    private static IEnumerable<Encoding> Memory()
    {
        string[] transfers = ["STRB 0 00 0", "LDRB 0 00 1", "STRH 0 01 0", "LDRH 0 01 1", "STR 0 10 0", "LDR 0 10 1", "LDRSB 1 00 1", "LDRSH 1 01 1"];
        foreach (var (name, bits) in transfers.Select(Split))
        {
            string high = "1111100" + bits[0], low = bits[2..4] + bits[5];
            int width = Width(name);
            bool store = name[0] == 'S';
            Encoding Row(string rest, string text, string rules, Access? access) => new("single transfer", high + rest, name + text, rules, access);
            yield return Row($"1{low} nnnn tttt iiiiiiiiiiii", " R{t}, [R{n}, #{i}]", "", new(AccessKind.Offset, width, 1, store));
            yield return Row($"0{low} nnnn tttt 1100 iiiiiiii", " R{t}, [R{n}, #-{i}]", "", new(AccessKind.Offset, width, 1, store) { Sign = -1 });
            yield return Row($"0{low} nnnn tttt 11U1 iiiiiiii", " R{t}, [R{n}, #±{i}]! U={U}", "n!=t", new(AccessKind.Offset, width, 1, store));
            yield return Row($"0{low} nnnn tttt 10U1 iiiiiiii", " R{t}, [R{n}], #±{i} U={U}", "n!=t", new(AccessKind.PostIndexed, width, 1, store));
            yield return Row($"0{low} nnnn tttt 1110 iiiiiiii", "T R{t}, [R{n}, #{i}]", "", new(AccessKind.Offset, width, 1, store));
            yield return Row($"0{low} nnnn tttt 000000 ss mmmm", " R{t}, [R{n}, R{m}, LSL #{s}]", "n!=m", new(AccessKind.Register, width, 1, store));
            if (!store) yield return Row($"U{low} 1111 tttt iiiiiiiiiiii", " R{t}, [PC, #±{i}] U={U}", "i<2048", null);
            yield return Row($"1{low} 1101 tttt iiiiiiiiiiii", " R{t}, [SP, #{i}]", "i<1020", new(AccessKind.Stack, width, 1, store));
        }

        foreach (var (name, l) in new[] { ("STRD", "0"), ("LDRD", "1") })
        {
            bool store = l == "0";
            string distinct = store ? "" : "t!=u ";
            yield return new("double transfer", $"11101001 U10{l} nnnn tttt uuuu iiiiiiii", name + " R{t}, R{u}, [R{n}, #±{i}*4] U={U}", distinct, new(AccessKind.Offset, 8, 4, store, 4));
            yield return new("double transfer", $"11101001 U11{l} nnnn tttt uuuu iiiiiiii", name + " R{t}, R{u}, [R{n}, #±{i}*4]! U={U}", distinct + "n!=t n!=u", new(AccessKind.Offset, 8, 4, store, 4));
            yield return new("double transfer", $"11101000 U11{l} nnnn tttt uuuu iiiiiiii", name + " R{t}, R{u}, [R{n}], #±{i}*4 U={U}", distinct + "n!=t n!=u", new(AccessKind.PostIndexed, 8, 4, store, 4));
        }
        yield return new("double transfer", "11101001 U101 1111 tttt uuuu iiiiiiii", "LDRD R{t}, R{u}, [PC, #±{i}*4] U={U}", "t!=u");

        // No PC in these lists, no base register in a list with write-back, at least two registers.
        foreach (var (name, op, kind) in new[] { ("IA", "010", AccessKind.ListUp), ("DB", "100", AccessKind.ListDown) })
        {
            yield return new("multiple transfer", $"1110100 {op} 00 nnnn 0r0rrrrrrrrrrrrr", "STM" + name + " R{n}, list {r}", "count>=2", new(kind, Store: true, Align: 4));
            yield return new("multiple transfer", $"1110100 {op} 10 nnnn 0r0rrrrrrrrrrrrr", "STM" + name + " R{n}!, list {r}", "count>=2 baseout", new(kind, Store: true, Align: 4));
            yield return new("multiple transfer", $"1110100 {op} 01 nnnn 0r0rrrrrrrrrrrrr", "LDM" + name + " R{n}, list {r}", "count>=2", new(kind, Align: 4));
            yield return new("multiple transfer", $"1110100 {op} 11 nnnn 0r0rrrrrrrrrrrrr", "LDM" + name + " R{n}!, list {r}", "count>=2 baseout", new(kind, Align: 4));
        }
        yield return new("exclusive", "111010000101 nnnn tttt 1111 iiiiiiii", "LDREX R{t}, [R{n}, #{i}*4]", "", new(AccessKind.Offset, 4, 4, Align: 4));
        yield return new("exclusive", "111010001101 nnnn tttt 1111 01001111", "LDREXB R{t}, [R{n}]", "", new(AccessKind.Offset, 1));
        yield return new("exclusive", "111010001101 nnnn tttt 1111 01011111", "LDREXH R{t}, [R{n}]", "", new(AccessKind.Offset, 2, Align: 2));
    }
}
