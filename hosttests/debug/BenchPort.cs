using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Debugging;

/// <summary>An access port whose transfers take the time of an SWD at about 10 MHz, and as long as the target's bus makes it wait.</summary>
sealed class BenchPort(BenchTarget bench) : AccessPort
{
    private const ulong Transfer = 46 * (TimeBaseSecond / 10_000_000), TimeBaseSecond = 1_000_000_000_000_000;

    public override uint Index => 0;
    public override uint Idr => bench.Chip.Variant.ApIdr;
    public override uint Base => TargetVariant.RomBase;
    public override ushort Designer => (ushort)(bench.Chip.Variant.Kind is TargetKind.Genuine or TargetKind.Slow ? 0x20 : 0x23B);
    public override ushort Part => 0x410;
    public override uint DpIdr => bench.Chip.Variant.Dpidr;
    public override uint TargetId => 0;

    public int Transfers { get; private set; }

    public override DebugFault Read(uint address, Span<byte> data)
    {
        for (int i = 0; i < data.Length;)
        {
            int width = Width(address + (uint)i, data.Length - i);
            DebugFault fault = ReadSized(address + (uint)i, data.Slice(i, width), width);
            if (fault.Failed) return fault;
            i += width;
        }
        return DebugFault.None;
    }

    public override DebugFault Write(uint address, ReadOnlySpan<byte> data)
    {
        for (int i = 0; i < data.Length;)
        {
            int width = Width(address + (uint)i, data.Length - i);
            DebugFault fault = WriteSized(address + (uint)i, data.Slice(i, width), width);
            if (fault.Failed) return fault;
            i += width;
        }
        return DebugFault.None;
    }

    public override DebugFault Read32(uint address, out uint value)
    {
        Span<byte> word = stackalloc byte[4];
        DebugFault fault = ReadSized(address, word, 4);
        value = BinaryPrimitives.ReadUInt32LittleEndian(word);
        return fault;
    }

    public override DebugFault Write32(uint address, uint value) => WriteSized(address, BitConverter.GetBytes(value), 4);

    public override DebugFault WriteHalfwords(uint address, ReadOnlySpan<byte> data) => WriteSized(address, data, 2);

    public override DebugFault ReadSized(uint address, Span<byte> data, int width)
    {
        for (int i = 0; i < data.Length; i += width)
        {
            if (bench.WireFault != FaultKind.None) return bench.WireFault;
            bool done = bench.Chip.Read(address + (uint)i, width, out uint value, out ulong readyAt);
            Pass(readyAt);
            if (!done) return new DebugFault(FaultKind.BusError, address + (uint)i);
            for (int n = 0; n < width; n++) data[i + n] = (byte)(value >> n * 8);
        }
        return DebugFault.None;
    }

    public override DebugFault WriteSized(uint address, ReadOnlySpan<byte> data, int width)
    {
        for (int i = 0; i < data.Length; i += width)
        {
            if (bench.WireFault != FaultKind.None) return bench.WireFault;
            uint value = 0;
            for (int n = 0; n < width; n++) value |= (uint)data[i + n] << n * 8;
            bool done = bench.Chip.Write(address + (uint)i, value, width, out ulong readyAt);
            Pass(readyAt);
            if (!done) return new DebugFault(FaultKind.BusError, address + (uint)i);
        }
        return DebugFault.None;
    }

    public override DebugFault Flush() => bench.WireFault;

    private void Pass(ulong readyAt)
    {
        Transfers++;
        bench.Probe.RunUntil(Math.Max(readyAt, bench.Probe.Time.Now + Transfer));
    }

    private static int Width(uint address, int left) => (address & 3) == 0 && left >= 4 ? 4 : (address & 1) == 0 && left >= 2 ? 2 : 1;
}
