namespace SharpProbe.Sim.Adi;

/// <summary>A TAP with BYPASS (all ones) and perhaps IDCODE: one for boundary scan, or one of somebody else's chips, whose other registers no debugger looks at.</summary>
/// <param name="idcode">Bit 0 is one; null: it has none.</param>
/// <param name="idcodeInstruction">Ignored where there is none.</param>
public sealed class PlainTap(string name, int irLength, uint? idcode, uint idcodeInstruction = 1) : Tap(name, irLength)
{
    protected override uint ResetInstruction => idcode is null ? (1u << IrLength) - 1 : idcodeInstruction;

    protected override UInt128 Capture(ulong now, out int length)
    {
        bool tells = idcode is not null && Instruction == idcodeInstruction;
        length = tells ? 32 : 1;
        return tells ? idcode!.Value : 0;
    }
}
