namespace SharpProbe.Sim.Qemu;

public static partial class Encodings
{
    /// <summary>Special registers, hints and barriers (A5.3.4 and B5). No WFI or WFE: nothing would wake the core.</summary>
    private static IEnumerable<Encoding> System()
    {
        Encoding Row(string pattern, string text, string rules = "", Access? access = null) => new("system", pattern, text, rules, access);

        foreach (int special in new[] { 0, 1, 2, 3, 5, 6, 7, 8, 9, 16, 17, 18, 19, 20 })
            yield return Row($"1111001111101111 1000 dddd {special:b8}", "MRS R{d}, SYSm " + special);
        yield return Row("111100111000 nnnn 10001000 00000000", "MSR APSR_nzcvq, R{n}");
        yield return new("packing", "111100111000 nnnn 10000100 00000000", "MSR APSR_g, R{n}");
        yield return new("packing", "111100111000 nnnn 10001100 00000000", "MSR APSR_nzcvqg, R{n}");
        yield return Row("111100111000 nnnn 10001000 00001001", "MSR PSP, R{n}", "", new(AccessKind.Value, Mask: 0xFFFFFFFC));
        yield return Row("111100111000 nnnn 10001000 00010000", "MSR PRIMASK, R{n}");
        // Four priority bits on the chips, eight in QEMU's NVIC: only values both have.
        yield return Row("111100111000 nnnn 10001000 00010001", "MSR BASEPRI, R{n}", "", new(AccessKind.Value, Mask: 0xF0));
        yield return Row("111100111000 nnnn 10001000 00010010", "MSR BASEPRI_MAX, R{n}", "", new(AccessKind.Value, Mask: 0xF0));
        yield return Row("111100111000 nnnn 10001000 00010011", "MSR FAULTMASK, R{n}");
        yield return Row("10110110011 k 001 f", "CPS im={k} i, f={f}", "noit");
        yield return Row("10110110011 k 0001", "CPS im={k} f", "noit");
        yield return Row("1011111100000000", "NOP");
        yield return Row("1011111100010000", "YIELD");
        yield return Row("1011111101000000", "SEV");
        yield return Row("1111001110101111 1000000000000000", "NOP.W");
        yield return Row("1111001110101111 1000000000000001", "YIELD.W");
        yield return Row("1111001110101111 1000000000000100", "SEV.W");
        yield return Row("1111001110101111 100000001111 kkkk", "DBG #{k}");
        yield return Row("1111001110111111 1000111100101111", "CLREX");
        yield return Row("1111001110111111 1000111101001111", "DSB SY");
        yield return Row("1111001110111111 1000111101011111", "DMB SY");
        yield return Row("1111001110111111 1000111101101111", "ISB SY");
        foreach (var (name, bit) in new[] { ("PLD", "0"), ("PLI", "1") })
        {
            yield return Row($"1111100{bit}1001 nnnn 1111 iiiiiiiiiiii", name + " [R{n}, #{i}]");
            yield return Row($"1111100{bit}0001 nnnn 11111100 iiiiiiii", name + " [R{n}, #-{i}]");
            yield return Row($"1111100{bit}0001 nnnn 1111000000 ss mmmm", name + " [R{n}, R{m}, LSL #{s}]");
            yield return Row($"1111100{bit}k001 1111 1111 iiiiiiiiiiii", name + " [PC, #±{i}]");
        }
    }
}
