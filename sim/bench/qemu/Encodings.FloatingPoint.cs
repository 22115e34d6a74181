namespace SharpProbe.Sim.Qemu;

public static partial class Encodings
{
    /// <summary>FPv5 with doubles (A5.3.18, A6). In these diagrams q is the size bit; a double has 0 for X, Y and Z.</summary>
    private static IEnumerable<Encoding> FloatingPoint()
    {
        string[] three =
        [
            "VMLA 0X00 Y0Z0", "VMLS 0X00 Y1Z0", "VNMLS 0X01 Y0Z0", "VNMLA 0X01 Y1Z0", "VMUL 0X10 Y0Z0", "VNMUL 0X10 Y1Z0", "VADD 0X11 Y0Z0", "VSUB 0X11 Y1Z0",
            "VDIV 1X00 Y0Z0", "VFNMS 1X01 Y0Z0", "VFNMA 1X01 Y1Z0", "VFMA 1X10 Y0Z0", "VFMS 1X10 Y1Z0",
        ];
        foreach (var (name, bits) in three.Select(Split))
            foreach (var row in BothSizes("float arithmetic", $"11101110 {bits[..4]} yyyy xxxx 101q {bits[5..]} zzzz", name + " x, y, z")) yield return row;
        foreach (var (name, bits) in new[] { ("VSEL{k}", "0Xkk yyyy xxxx 101q Y0Z0"), ("VMAXNM", "1X00 yyyy xxxx 101q Y0Z0"), ("VMINNM", "1X00 yyyy xxxx 101q Y1Z0") })
            foreach (var row in BothSizes("float select", $"11111110 {bits} zzzz", name + " x, y, z", "noit")) yield return row;

        string[] two =
        [
            "VMOV 0000 01", "VABS 0000 11", "VNEG 0001 01", "VSQRT 0001 11", "VCMP 0100 01", "VCMPE 0100 11", "VRINTR 0110 01", "VRINTZ 0110 11", "VRINTX 0111 01",
        ];
        foreach (var (name, bits) in two.Select(Split))
            foreach (var row in BothSizes(name.StartsWith("VRINT") ? "float rounding" : "float unary", $"11101110 1X11 {bits[..4]} xxxx 101q {bits[5..]}Z0 zzzz", name + " x, z")) yield return row;
        foreach (var row in BothSizes("float unary", "11101110 1X11 0101 xxxx 101q k100 0000", "VCMP(E={k}) x, #0")) yield return row;
        foreach (var row in BothSizes("float unary", "11101110 1X11 iiii xxxx 101q 0000 iiii", "VMOV x, const {i}")) yield return row;
        foreach (var row in BothSizes("float rounding", "11111110 1X11 10kk xxxx 101q 01Z0 zzzz", "VRINT(ANPM[{k}]) x, z", "noit")) yield return row;

        Encoding Convert(string pattern, string text, string rules = "") => new("float conversion", pattern, text, rules);
        Encoding ConvertDouble(string pattern, string text, string rules = "") => new("float conversion double", pattern, text, rules);
        Encoding Directed(string pattern, string text, string rules = "") => new("float rounding conversion", pattern, text, rules);
        yield return Directed("11111110 1X11 11kk xxxx 1010 s1Z0 zzzz", "VCVT(ANPM[{k}]).s{s} S{xX}, S{zZ}", "noit");
        yield return ConvertDouble("11111110 1X11 11kk xxxx 1011 s100 zzzz", "VCVT(ANPM[{k}]).s{s} S{xX}, D{z}", "noit");
        yield return Convert("11101110 1X11 0010 xxxx 1010 k1Z0 zzzz", "VCVT(BT[{k}]).F32.F16 S{xX}, S{zZ}");
        yield return Convert("11101110 1X11 0011 xxxx 1010 k1Z0 zzzz", "VCVT(BT[{k}]).F16.F32 S{xX}, S{zZ}");
        yield return ConvertDouble("11101110 1011 0010 xxxx 1011 k1Z0 zzzz", "VCVT(BT[{k}]).F64.F16 D{x}, S{zZ}");
        yield return ConvertDouble("11101110 1X11 0011 xxxx 1011 k100 zzzz", "VCVT(BT[{k}]).F16.F64 S{xX}, D{z}");
        yield return ConvertDouble("11101110 1011 0111 xxxx 1010 11Z0 zzzz", "VCVT.F64.F32 D{x}, S{zZ}");
        yield return ConvertDouble("11101110 1X11 0111 xxxx 1011 1100 zzzz", "VCVT.F32.F64 S{xX}, D{z}");
        yield return Convert("11101110 1X11 1000 xxxx 1010 s1Z0 zzzz", "VCVT.F32.(US[{s}])32 S{xX}, S{zZ}");
        yield return ConvertDouble("11101110 1011 1000 xxxx 1011 s1Z0 zzzz", "VCVT.F64.(US[{s}])32 D{x}, S{zZ}");
        yield return Convert("11101110 1X11 110s xxxx 1010 k1Z0 zzzz", "VCVT(R[!{k}]).(US[{s}])32.F32 S{xX}, S{zZ}");
        yield return ConvertDouble("11101110 1X11 110s xxxx 1011 k100 zzzz", "VCVT(R[!{k}]).(US[{s}])32.F64 S{xX}, D{z}");
        foreach (string op in new[] { "from", "to" })
        {
            string o = op == "to" ? "1" : "0";
            yield return Convert($"11101110 1X11 1{o}1s xxxx 1010 11j0 iiii", "VCVT " + op + " fixed 32 S{xX}, unsigned={s}, bits 32-({i}:{j})");
            yield return ConvertDouble($"11101110 1011 1{o}1s xxxx 1011 11j0 iiii", "VCVT " + op + " fixed 32 D{x}, unsigned={s}, bits 32-({i}:{j})");
            yield return Convert($"11101110 1X11 1{o}1s xxxx 1010 01j0 0iii", "VCVT " + op + " fixed 16 S{xX}, unsigned={s}, bits 16-({i}:{j})");
            yield return ConvertDouble($"11101110 1011 1{o}1s xxxx 1011 01j0 0iii", "VCVT " + op + " fixed 16 D{x}, unsigned={s}, bits 16-({i}:{j})");
        }

        Encoding Move(string pattern, string text, string rules = "", Access? access = null) => new("float move", pattern, text, rules, access);
        yield return Move("11101110 0000 yyyy tttt 1010 Y001 0000", "VMOV S{yY}, R{t}");
        yield return Move("11101110 0001 yyyy tttt 1010 Y001 0000", "VMOV R{t}, S{yY}");
        yield return Move("11101110 00k0 yyyy tttt 1011 0001 0000", "VMOV D{y}[{k}], R{t}");
        yield return Move("11101110 00k1 yyyy tttt 1011 0001 0000", "VMOV R{t}, D{y}[{k}]");
        yield return Move("11101100 0100 uuuu tttt 1010 00Z1 zzzz", "VMOV S{zZ}, next, R{t}, R{u}", "z<15");
        yield return Move("11101100 0101 uuuu tttt 1010 00Z1 zzzz", "VMOV R{t}, R{u}, S{zZ}, next", "z<15 t!=u");
        yield return Move("11101100 0100 uuuu tttt 1011 0001 zzzz", "VMOV D{z}, R{t}, R{u}");
        yield return Move("11101100 0101 uuuu tttt 1011 0001 zzzz", "VMOV R{t}, R{u}, D{z}", "t!=u");
        yield return Move("11101110 1111 0001 tttt 1010 0001 0000", "VMRS R{t}, FPSCR");
        yield return Move("11101110 1111 0001 1111 1010 0001 0000", "VMRS APSR_nzcv, FPSCR");
        yield return Move("11101110 1110 0001 tttt 1010 0001 0000", "VMSR FPSCR, R{t}", "", new(AccessKind.Value, Mask: Fpu.FloatUnit.StatusMask));

        foreach (var (name, l) in new[] { ("VST", "0"), ("VLD", "1") })
        {
            bool store = l == "0";
            foreach (var row in BothSizes("float memory", $"11101101 UX0{l} nnnn xxxx 101q iiiiiiii", name + "R x, [R{n}, #±{i}*4] U={U}", "", new(AccessKind.Offset, 8, 4, store, 4))) yield return row;
            foreach (string w in new[] { "0", "1" })
                foreach (var row in BothSizes("float memory", $"11101100 1X{w}{l} nnnn xxxx 101q cccccccc", name + "MIA R{n} W=" + w + ", x, {c}", "floatlist", new(AccessKind.ListUp, Store: store, Align: 4))) yield return row;
            foreach (var row in BothSizes("float memory", $"11101101 0X1{l} nnnn xxxx 101q cccccccc", name + "MDB R{n}!, x, {c}", "floatlist", new(AccessKind.ListDown, Store: store, Align: 4))) yield return row;
        }
        foreach (var row in BothSizes("float memory", "11101101 UX01 1111 xxxx 101q iiiiiiii", "VLDR x, [PC, #±{i}*4] U={U}")) yield return row;
        foreach (var row in BothSizes("float memory", "11101101 1X01 1101 xxxx 101q iiiiiiii", "VLDR x, [SP, #{i}*4]")) yield return row;
        foreach (var row in BothSizes("float memory", "11101101 1X00 1101 xxxx 101q iiiiiiii", "VSTR x, [SP, #{i}*4]", "i<254", new(AccessKind.Stack, 8, 4, true, 4))) yield return row;
    }

    private static IEnumerable<Encoding> BothSizes(string group, string pattern, string text, string rules = "", Access? access = null)
    {
        yield return new(group + " single", pattern.Replace('q', '0'), Operands(text, ".F32", "S{", "X", "Y", "Z"), rules == "floatlist" ? "singlelist" : rules, access);
        yield return new(group + " double", pattern.Replace('q', '1').Replace('X', '0').Replace('Y', '0').Replace('Z', '0'), Operands(text, ".F64", "D{", "", "", ""), rules == "floatlist" ? "doublelist" : rules, access);
    }

    private static string Operands(string text, string suffix, string prefix, string x, string y, string z)
    {
        int space = text.IndexOf(' ');
        string operands = text[space..].Replace(" x", " " + prefix + "x" + x + "}").Replace(" y", " " + prefix + "y" + y + "}").Replace(" z", " " + prefix + "z" + z + "}");
        return text[..space] + suffix + operands;
    }
}
