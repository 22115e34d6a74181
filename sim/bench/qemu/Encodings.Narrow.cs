namespace SharpProbe.Sim.Qemu;

public static partial class Encodings
{
    /// <summary>16-bit encodings (A5.2).</summary>
    private static IEnumerable<Encoding> Narrow()
    {
        Encoding Row(string pattern, string text, string rules = "") => new("16-bit data", pattern, text, rules);

        yield return Row("00000 iiiii mmm ddd", "LSLS R{d}, R{m}, #{i}", "i!=0");
        yield return Row("0000000000 mmm ddd", "MOVS R{d}, R{m}", "noit");
        yield return Row("00001 iiiii mmm ddd", "LSRS R{d}, R{m}, #{i}");
        yield return Row("00010 iiiii mmm ddd", "ASRS R{d}, R{m}, #{i}");
        yield return Row("0001100 mmm nnn ddd", "ADDS R{d}, R{n}, R{m}");
        yield return Row("0001101 mmm nnn ddd", "SUBS R{d}, R{n}, R{m}");
        yield return Row("0001110 iii nnn ddd", "ADDS R{d}, R{n}, #{i}");
        yield return Row("0001111 iii nnn ddd", "SUBS R{d}, R{n}, #{i}");
        yield return Row("00100 ddd iiiiiiii", "MOVS R{d}, #{i}");
        yield return Row("00101 nnn iiiiiiii", "CMP R{n}, #{i}");
        yield return Row("00110 ddd iiiiiiii", "ADDS R{d}, #{i}");
        yield return Row("00111 ddd iiiiiiii", "SUBS R{d}, #{i}");
        string[] twoRegister = ["ANDS", "EORS", "LSLS", "LSRS", "ASRS", "ADCS", "SBCS", "RORS", "TST", "RSBS", "CMP", "CMN", "ORRS", "MULS", "BICS", "MVNS"];
        for (int i = 0; i < 16; i++) yield return Row($"010000 {i:b4} mmm ddd", twoRegister[i] + " R{d}, R{m}");
        yield return Row("01000100 d mmmm ddd", "ADD R{d}, R{m}");
        yield return Row("01000100 d 1101 ddd", "ADD R{d}, SP");
        yield return Row("01000100 d 1111 ddd", "ADD R{d}, PC");
        yield return Row("01000101 1 mmmm nnn", "CMP R8+{n}, R{m}", "n<5");
        yield return Row("01000101 0 1 mmm nnn", "CMP R{n}, R8+{m}", "m<5");
        yield return Row("01000110 d mmmm ddd", "MOV R{d}, R{m}");
        yield return Row("01000110 d 1101 ddd", "MOV R{d}, SP");
        yield return Row("01000110 d 1111 ddd", "MOV R{d}, PC");
        yield return Row("10100 ddd iiiiiiii", "ADR R{d}, +{i}*4");
        yield return Row("10101 ddd iiiiiiii", "ADD R{d}, SP, #{i}*4");
        yield return Row("1011001000 mmm ddd", "SXTH R{d}, R{m}");
        yield return Row("1011001001 mmm ddd", "SXTB R{d}, R{m}");
        yield return Row("1011001010 mmm ddd", "UXTH R{d}, R{m}");
        yield return Row("1011001011 mmm ddd", "UXTB R{d}, R{m}");
        yield return Row("1011101000 mmm ddd", "REV R{d}, R{m}");
        yield return Row("1011101001 mmm ddd", "REV16 R{d}, R{m}");
        yield return Row("1011101011 mmm ddd", "REVSH R{d}, R{m}");

        string[] transfers = ["STR 000", "STRH 001", "STRB 010", "LDRSB 011", "LDR 100", "LDRH 101", "LDRB 110", "LDRSH 111"];
        foreach (var (name, bits) in transfers.Select(Split))
            yield return new("16-bit memory", $"0101 {bits} mmm nnn ttt", name + " R{t}, [R{n}, R{m}]", "n!=m", new(AccessKind.Register, Width(name), Store: name[0] == 'S'));
        string[] immediates = ["STR 01100", "LDR 01101", "STRB 01110", "LDRB 01111", "STRH 10000", "LDRH 10001"];
        foreach (var (name, bits) in immediates.Select(Split))
            yield return new("16-bit memory", $"{bits} iiiii nnn ttt", name + " R{t}, [R{n}, #{i}*" + Width(name) + "]", "", new(AccessKind.Offset, Width(name), Width(name), name[0] == 'S'));
        yield return new("16-bit memory", "01001 ttt iiiiiiii", "LDR R{t}, [PC, #{i}*4]");
        yield return new("16-bit memory", "10010 ttt iiiiiiii", "STR R{t}, [SP, #{i}*4]", "", new(AccessKind.Stack, 4, 4, Store: true));
        yield return new("16-bit memory", "10011 ttt iiiiiiii", "LDR R{t}, [SP, #{i}*4]");
        yield return new("16-bit memory", "11000 nnn rrrrrrrr", "STMIA R{n}!, list {r}", "r>=1 basefirst", new(AccessKind.ListUp, Store: true, Align: 4));
        yield return new("16-bit memory", "11001 nnn rrrrrrrr", "LDMIA R{n}(!), list {r}", "r>=1", new(AccessKind.ListUp, Align: 4));
    }

    private static int Width(string name) => name.Contains('B') ? 1 : name.Contains('H') ? 2 : 4;
}
