using System;
using SharpProbe.Io;
using SharpProbe.Wire;

namespace SharpProbe.Adi;

/// <summary>
/// Finds out what is on a chain (IEEE 1149.1): after Test-Logic-Reset a TAP shows its IDCODE, whose first bit is one, or its bypass register, which is zero; instruction registers capture 01 in their
/// first bits. Number 0 is the TAP at TDO.
/// </summary>
public sealed class TapScan(Jtag jtag, Background background)
{
    /// <summary>Bits of an instruction register. CMSIS-DAP hosts may tell longer ones.</summary>
    public const int MaxIrLength = 16;

    private const int MaxIrBits = TapChain.MaxTaps * MaxIrLength;

    private readonly uint[] _ids = new uint[TapChain.MaxTaps];

    public TapChain Chain { get; } = new();

    /// <summary>0: it has none.</summary>
    public uint IdCode(int tap) => _ids[tap];

    /// <param name="irLengths">As <see cref="DebugAccess.UseJtag"/>.</param>
    public DebugFault Run(ReadOnlySpan<byte> irLengths)
    {
        Chain.Clear();
        DebugFault fault = ReadIds(out int count);
        if (fault.Failed) return fault;
        Span<byte> captured = stackalloc byte[MaxIrBits / 8];
        int bits = ReadInstructions(captured);
        fault = Measure(irLengths, captured, bits, count);
        return fault.Ok ? CheckBypass() : fault;
    }

    private DebugFault ReadIds(out int count)
    {
        count = 0;
        bool anyHigh = false;
        jtag.Enter(ir: false);
        while (count <= TapChain.MaxTaps)
        {
            uint id = 0;
            if (jtag.Shift(1, 1, false) != 0) id = jtag.Shift(uint.MaxValue, 31, false) << 1 | 1;
            anyHigh |= id != 0;
            if (id == uint.MaxValue) break;
            if (count < TapChain.MaxTaps) _ids[count] = id;
            count++;
            background.Run();
        }
        _ = jtag.Shift(1, 1, true);
        jtag.Leave();
        if (count == 0 || !anyHigh) return new(FaultKind.TdoStuck, 0, count == 0 ? 1u : 0);
        return count > TapChain.MaxTaps ? FaultKind.TooManyTaps : DebugFault.None;
    }

    /// <summary>What the instruction registers capture, lowest bit first; BYPASS is left in all of them. Returns how many bits they have, or more than there may be.</summary>
    private int ReadInstructions(Span<byte> captured)
    {
        jtag.Enter(ir: true);
        for (int i = 0; i < captured.Length; i++)
        {
            captured[i] = (byte)jtag.Shift(uint.MaxValue, 8, false);
            if ((i & 7) == 0) background.Run();
        }
        _ = jtag.Shift(0, 1, false);
        int bits = 1;
        for (; bits <= MaxIrBits && jtag.Shift(1, 1, false) != 0; bits++)
            if ((bits & 63) == 0) background.Run();
        _ = jtag.Shift(1, 1, true);
        jtag.Leave();
        return bits;
    }

    private DebugFault Measure(ReadOnlySpan<byte> irLengths, ReadOnlySpan<byte> captured, int bits, int count)
    {
        var unknown = new DebugFault(FaultKind.IrLengths, 0, (uint)bits);
        if (bits > MaxIrBits) return FaultKind.TooManyTaps;
        if (!irLengths.IsEmpty && irLengths.Length != count) return unknown;
        int known = 0, unknowns = 0;
        for (int i = 0; i < count; i++)
        {
            int length = Known(irLengths, i);
            known += length;
            if (length == 0) unknowns++;
        }
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            int length = Known(irLengths, i);
            if (length == 0) length = unknowns == 1 ? bits - known : Capture(captured, at, bits);
            if (length > MaxIrLength || !Chain.TryAdd(length)) return unknown;
            at += length;
        }
        return at == bits ? DebugFault.None : unknown;
    }

    private int Known(ReadOnlySpan<byte> irLengths, int tap) => irLengths.IsEmpty ? TapKind.Of(_ids[tap]).IrLength : irLengths[tap];

    /// <summary>Bits up to the next one followed by a zero.</summary>
    private static int Capture(ReadOnlySpan<byte> captured, int from, int bits)
    {
        int next = from + 2;
        while (next < bits && !(Bit(captured, next) && !Bit(captured, next + 1))) next++;
        return next - from;
    }

    private static bool Bit(ReadOnlySpan<byte> bits, int at) => at < bits.Length * 8 && (bits[at >> 3] >> (at & 7) & 1) != 0;

    /// <summary>With BYPASS everywhere, so many zeros come before what was sent.</summary>
    private DebugFault CheckBypass()
    {
        uint zeros = 0;
        jtag.Enter(ir: false);
        while (zeros <= TapChain.MaxTaps && jtag.Shift(1, 1, false) == 0) zeros++;
        _ = jtag.Shift(1, 1, true);
        jtag.Leave();
        return zeros == Chain.Count ? DebugFault.None : new(FaultKind.ChainBroken, 0, zeros);
    }

    /// <summary>A line a TAP.</summary>
    public void Describe(TextOutput text)
    {
        Span<byte> buffer = stackalloc byte[80];
        if (Chain.Count != 0) text.Write("TAP  IR IDCODE\n"u8);
        for (int i = 0; i < Chain.Count; i++)
        {
            var line = new ByteWriter(buffer);
            Pad(ref line, i, 3);
            Pad(ref line, Chain.IrLength(i), 4);
            line.Write((byte)' ');
            if (_ids[i] == 0) line.Write("none"u8);
            else line.WriteAddress(_ids[i]);
            if (TapKind.Of(_ids[i]).Name is { } name)
            {
                line.Write((byte)' ');
                line.Write(name);
            }
            line.Write((byte)'\n');
            text.Write(line.Written);
        }
    }

    private static void Pad(ref ByteWriter line, int number, int width)
    {
        for (int i = number < 10 ? 1 : 2; i < width; i++) line.Write((byte)' ');
        line.WriteDecimal((uint)number);
    }
}
