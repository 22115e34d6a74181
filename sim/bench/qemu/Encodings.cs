namespace SharpProbe.Sim.Qemu;

/// <summary>The instruction set of ARMv7E-M with FPv5-D16 (DDI0403E, chapters A5 to A7), without branches and IT, which <see cref="FlowUnits"/> composes.</summary>
public static partial class Encodings
{
    private static readonly string[] ShiftedOps = ["AND 0000", "BIC 0001", "ORR 0010", "ORN 0011", "EOR 0100", "ADD 1000", "ADC 1010", "SBC 1011", "SUB 1101", "RSB 1110"];
    private static readonly string[] TestOps = ["TST 0000", "TEQ 0100", "CMN 1000", "CMP 1101"];

    public static IReadOnlyList<Encoding> All { get; } =
        [.. Narrow(), .. DataProcessing(), .. Multiplies(), .. Media(), .. System(), .. Memory(), .. FloatingPoint()];

    private static (string Name, string Bits) Split(string entry)
    {
        int space = entry.IndexOf(' ');
        return (entry[..space], entry[(space + 1)..]);
    }
}
