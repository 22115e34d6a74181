namespace SharpProbe.Sim.Qemu;

public static partial class Encodings
{
    /// <summary>32-bit data processing: shifted register, modified and plain immediate, register shifts (A5.3.1, A5.3.3, A5.3.11, A5.3.12).</summary>
    private static IEnumerable<Encoding> DataProcessing()
    {
        const string shift = ", type{k} #{i}";
        Encoding Shifted(string pattern, string text) => new("shifted register", pattern, text + shift);
        Encoding Immediate(string pattern, string text) => new("modified immediate", pattern, text + ", const {i}", "expand");
        Encoding Plain(string pattern, string text, string rules = "") => new("plain immediate", pattern, text, rules);

        foreach (var (name, op) in ShiftedOps.Select(Split))
        {
            yield return Shifted($"1110101 {op} S nnnn 0iii dddd ii kk mmmm", name + "{S} R{d}, R{n}, R{m}");
            yield return Immediate($"11110 i 0 {op} S nnnn 0 iii dddd iiiiiiii", name + "{S} R{d}, R{n}");
        }
        foreach (var (name, op) in TestOps.Select(Split))
        {
            yield return Shifted($"1110101 {op} 1 nnnn 0iii 1111 ii kk mmmm", name + " R{n}, R{m}");
            yield return Immediate($"11110 i 0 {op} 1 nnnn 0 iii 1111 iiiiiiii", name + " R{n}");
        }
        foreach (var (name, op) in new[] { ("MOV", "0010"), ("MVN", "0011") })
        {
            yield return Shifted($"1110101 {op} S 1111 0iii dddd ii kk mmmm", name + "{S} R{d}, R{m}");
            yield return Immediate($"11110 i 0 {op} S 1111 0 iii dddd iiiiiiii", name + "{S} R{d}");
        }
        foreach (var (name, op) in new[] { ("ADD", "1000"), ("SUB", "1101") })
        {
            yield return Shifted($"1110101 {op} S 1101 0iii dddd ii kk mmmm", name + "{S} R{d}, SP, R{m}");
            yield return Immediate($"11110 i 0 {op} S 1101 0 iii dddd iiiiiiii", name + "{S} R{d}, SP");
        }
        yield return new("packing", "111010101100 nnnn 0iii dddd ii k0 mmmm", "PKHBT/TB R{d}, R{n}, R{m}" + shift);

        yield return Plain("11110i100000 nnnn 0iii dddd iiiiiiii", "ADDW R{d}, R{n}, #{i}");
        yield return Plain("11110i101010 nnnn 0iii dddd iiiiiiii", "SUBW R{d}, R{n}, #{i}");
        yield return Plain("11110i100000 1101 0iii dddd iiiiiiii", "ADDW R{d}, SP, #{i}");
        yield return Plain("11110i101010 1101 0iii dddd iiiiiiii", "SUBW R{d}, SP, #{i}");
        yield return Plain("11110i100000 1111 0iii dddd iiiiiiii", "ADR.W R{d}, +{i}");
        yield return Plain("11110i101010 1111 0iii dddd iiiiiiii", "ADR.W R{d}, -{i}");
        yield return Plain("11110i100100 jjjj 0iii dddd iiiiiiii", "MOVW R{d}, {j}:{i}");
        yield return Plain("11110i101100 jjjj 0iii dddd iiiiiiii", "MOVT R{d}, {j}:{i}");
        yield return Plain("111100110000 nnnn 0iii dddd ii 0 sssss", "SSAT R{d}, #{s}+1, R{n}, LSL #{i}");
        yield return Plain("111100110010 nnnn 0iii dddd ii 0 sssss", "SSAT R{d}, #{s}+1, R{n}, ASR #{i}", "i!=0");
        yield return Plain("111100111000 nnnn 0iii dddd ii 0 sssss", "USAT R{d}, #{s}, R{n}, LSL #{i}");
        yield return Plain("111100111010 nnnn 0iii dddd ii 0 sssss", "USAT R{d}, #{s}, R{n}, ASR #{i}", "i!=0");
        yield return new("packing", "111100110010 nnnn 0000 dddd 0000 ssss", "SSAT16 R{d}, #{s}+1, R{n}");
        yield return new("packing", "111100111010 nnnn 0000 dddd 0000 ssss", "USAT16 R{d}, #{s}, R{n}");
        yield return Plain("111100110100 nnnn 0iii dddd ii 0 wwwww", "SBFX R{d}, R{n}, #{i}, #{w}+1", "i+w<32");
        yield return Plain("111100111100 nnnn 0iii dddd ii 0 wwwww", "UBFX R{d}, R{n}, #{i}, #{w}+1", "i+w<32");
        yield return Plain("111100110110 nnnn 0iii dddd ii 0 bbbbb", "BFI R{d}, R{n}, {i}..{b}", "b>=i");
        yield return Plain("111100110110 1111 0iii dddd ii 0 bbbbb", "BFC R{d}, {i}..{b}", "b>=i");

        foreach (var (name, op) in new[] { ("LSL", "00"), ("LSR", "01"), ("ASR", "10"), ("ROR", "11") })
            yield return new("register shift", $"111110100 {op} S nnnn 1111 dddd 0000 mmmm", name + "{S} R{d}, R{n}, R{m}");
    }

    /// <summary>Multiplies and divides (A5.3.16, A5.3.17).</summary>
    private static IEnumerable<Encoding> Multiplies()
    {
        // name, op1, op2 for the forms with a 32-bit accumulator; the form without has 1111 for it.
        string[] rows = ["MLA|MUL 000 0000", "SMLAxy|SMULxy 001 00xy", "SMLAD|SMUAD 010 000x", "SMLAWy|SMULWy 011 000x", "SMLSD|SMUSD 100 000x", "SMMLA|SMMUL 101 000x", "USADA8|USAD8 111 0000"];
        foreach (var (names, bits) in rows.Select(Split))
        {
            string name = names.Split('|')[0], plain = names.Split('|')[1], op = bits[..3], op2 = bits[4..];
            string mark = op2.Contains('y') ? " {x}{y}" : op2.Contains('x') ? " {x}" : "";
            string group = op == "000" ? "multiply" : "DSP multiply";
            yield return new(group, $"111110110 {op} nnnn aaaa dddd {op2} mmmm", name + mark + " R{d}, R{n}, R{m}, R{a}");
            yield return new(group, $"111110110 {op} nnnn 1111 dddd {op2} mmmm", plain + mark + " R{d}, R{n}, R{m}");
        }
        yield return new("multiply", "111110110000 nnnn aaaa dddd 0001 mmmm", "MLS R{d}, R{n}, R{m}, R{a}");
        yield return new("DSP multiply", "111110110110 nnnn aaaa dddd 000x mmmm", "SMMLS{x} R{d}, R{n}, R{m}, R{a}");
        string[] longs = ["SMULL 000 0000", "UMULL 010 0000", "SMLAL 100 0000", "SMLALxy 100 10xy", "SMLALD 100 110x", "SMLSLD 101 110x", "UMLAL 110 0000", "UMAAL 110 0110"];
        foreach (var (name, bits) in longs.Select(Split))
            yield return new(bits[4..] == "0000" ? "long multiply" : "DSP multiply", $"111110111 {bits[..3]} nnnn llll hhhh {bits[4..]} mmmm", name + " R{l}, R{h}, R{n}, R{m}", "l!=h");
        yield return new("divide", "111110111001 nnnn 1111 dddd 1111 mmmm", "SDIV R{d}, R{n}, R{m}");
        yield return new("divide", "111110111011 nnnn 1111 dddd 1111 mmmm", "UDIV R{d}, R{n}, R{m}");
    }

    /// <summary>Extends, parallel arithmetic, saturating and miscellaneous register operations (A5.3.12 to A5.3.15).</summary>
    private static IEnumerable<Encoding> Media()
    {
        foreach (var (name, op) in new[] { ("SXT|H", "000"), ("UXT|H", "001"), ("SXT|B16", "010"), ("UXT|B16", "011"), ("SXT|B", "100"), ("UXT|B", "101") })
        {
            yield return new("packing", $"111110100 {op} nnnn 1111 dddd 10rr mmmm", name.Replace("|", "A") + " R{d}, R{n}, R{m}, ROR {r}*8");
            yield return new(name.EndsWith("16") ? "packing" : "extend", $"111110100 {op} 1111 1111 dddd 10rr mmmm", name.Replace("|", "") + " R{d}, R{m}, ROR {r}*8");
        }
        foreach (var (prefix, bits) in new[] { ("S", "000"), ("Q", "001"), ("SH", "010"), ("U", "100"), ("UQ", "101"), ("UH", "110") })
            foreach (var (name, op) in new[] { ("ADD8", "000"), ("ADD16", "001"), ("ASX", "010"), ("SUB8", "100"), ("SUB16", "101"), ("SAX", "110") })
                yield return new("parallel", $"111110101 {op} nnnn 1111 dddd 0 {bits} mmmm", prefix + name + " R{d}, R{n}, R{m}");
        foreach (var (name, bits) in new[] { ("QADD", "00"), ("QDADD", "01"), ("QSUB", "10"), ("QDSUB", "11") })
            yield return new("saturating", $"111110101000 nnnn 1111 dddd 10{bits} mmmm", name + " R{d}, R{m}, R{n}");
        foreach (var (name, bits) in new[] { ("REV.W", "00"), ("REV16.W", "01"), ("RBIT", "10"), ("REVSH.W", "11") })
            yield return new("miscellaneous", $"111110101001 nnnn 1111 dddd 10{bits} mmmm", name + " R{d}, R{m}", "n==m");
        yield return new("packing", "111110101010 nnnn 1111 dddd 1000 mmmm", "SEL R{d}, R{n}, R{m}");
        yield return new("miscellaneous", "111110101011 nnnn 1111 dddd 1000 mmmm", "CLZ R{d}, R{m}", "n==m");
    }
}
