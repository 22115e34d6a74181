using System.Numerics;

namespace SharpProbe.Sim.Chips;

/// <summary>Shape of a frame as CR1, CR2 and BRR give it.</summary>
/// <param name="BitTime">Femtoseconds.</param>
/// <param name="WordBits">7, 8 or 9, the parity bit included.</param>
/// <param name="Parity">The last bit of the word is parity.</param>
/// <param name="Odd">Parity is odd.</param>
/// <param name="StopHalfBits">Length of the stop bits in halves: 1 to 4.</param>
/// <param name="MsbFirst">The word's highest bit goes first; parity still comes last.</param>
/// <param name="Oversample">16 or 8 samples a bit.</param>
/// <param name="OneSample">ONEBIT: one sample decides a bit, and noise is not seen.</param>
public readonly record struct UsartFormat(ulong BitTime, int WordBits, bool Parity, bool Odd, int StopHalfBits, bool MsbFirst, int Oversample, bool OneSample)
{
    public int DataBits => Parity ? WordBits - 1 : WordBits;

    /// <summary>Femtoseconds from the start bit's edge to the end of the stop bits.</summary>
    public ulong FrameTime => (ulong)(1 + WordBits) * BitTime + (ulong)StopHalfBits * BitTime / 2;

    /// <summary>The word in the order of transmission, first bit lowest, with its parity bit.</summary>
    public uint Encode(uint data)
    {
        data &= (1u << DataBits) - 1;
        uint word = MsbFirst ? Mirror(data) : data;
        return Parity ? word | ParityOf(data) << DataBits : word;
    }

    /// <summary>Undoes <see cref="Encode"/>; the parity bit stays in its place, as RDR shows it.</summary>
    public uint Decode(uint word, out bool parityError)
    {
        uint low = word & (1u << DataBits) - 1;
        uint data = MsbFirst ? Mirror(low) : low;
        parityError = Parity && word >> DataBits != ParityOf(data);
        return data | word >> DataBits << DataBits;
    }

    private uint ParityOf(uint data) => (uint)(BitOperations.PopCount(data) & 1) ^ (Odd ? 1u : 0);

    private uint Mirror(uint data)
    {
        uint result = 0;
        for (int i = 0; i < DataBits; i++) result |= (data >> i & 1) << DataBits - 1 - i;
        return result;
    }
}
