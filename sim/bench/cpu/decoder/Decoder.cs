using SharpProbe.Sim.Cpu.Execute;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>Finds the row of an instruction and lets it build the operation.</summary>
internal static unsafe class Decoder
{
    private static readonly Encoding[][] Narrow = Index(Thumb16.Rows, 16);
    private static readonly Encoding[][] Wide = Index(
        [.. ThumbDataProcessing.Rows, .. ThumbRegister.Rows, .. ThumbMultiply.Rows, .. ThumbLoadStore.Rows, .. ThumbBranch.Rows, .. ThumbFloat.Rows], 32);

    public static void Decode(Core core, uint address, uint word, bool wide, Op* op)
    {
        Span<uint> values = stackalloc uint[26];
        var fields = new Fields(core, address, op, values);
        fields.Undefined();
        var candidates = wide ? Wide[word >> 24] : Narrow[word >> 8];
        foreach (var row in candidates)
        {
            if (!row.Matches(word)) continue;
            if (!Exists(core, row)) break;
            row.Extract(word, values);
            row.Apply(ref fields);
            break;
        }
        (op->Needs, op->Blocks) = CycleCosts.Slots(op->Cost);
    }

    private static bool Exists(Core core, Encoding row) => row.Requirement switch
    {
        Requires.V6M => true,
        Requires.V7M => !core.IsV6M,
        _ => core.HasDsp,
    };

    // Rows by the value of the highest eight bits, so that few have to be compared; their order is kept.
    private static Encoding[][] Index(Encoding[] rows, int width)
    {
        var index = new Encoding[256][];
        for (uint top = 0; top < 256; top++)
        {
            uint word = top << width - 8, known = 0xFFu << width - 8;
            index[top] = [.. rows.Where(r => (word & r.Mask) == (r.Value & known))];
        }
        return index;
    }
}
