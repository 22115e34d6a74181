using System;
using System.Runtime;
using SharpProbe.Adi;
using SharpProbe.Boards;
using SharpProbe.Hal;
using SharpProbe.Intrinsics;
using SharpProbe.Io;
using SharpProbe.Wire;

namespace SharpProbe.WireTest;

/// <summary>SWD on a board's own pins: the clock from 10 kHz to the highest, then a target, if there is one, and what a word costs.</summary>
static unsafe class Program
{
    private static readonly uint[] s_frequencies =
        [10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 1_500_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000, 6_000_000, 8_000_000, 10_000_000, 12_000_000, 15_000_000, 18_000_000, 24_000_000, 50_000_000];

    [RuntimeExport("Reset_Handler")]
    static void Start() => Boot.Run(&Main);

    [RuntimeExport("DMA1_Stream0_IRQHandler")]
    static void Transmitted0() => Platform<Family, Board>.OnConsoleTransmitted();

    [RuntimeExport("DMA1_Stream3_IRQHandler")]
    static void Transmitted3() => Platform<Family, Board>.OnConsoleTransmitted();

    [RuntimeExport("DMA1_Stream4_IRQHandler")]
    static void Transmitted4() => Platform<Family, Board>.OnConsoleTransmitted();

    internal static void Main()
    {
        Platform<Family, Board>.Start(out _, out _);
        var wire = new Swd<PortWirePins<Family, Board>>();
        uint start = CycleCounter.Now;
        wire.Connect();
        Say("measured"u8, (CycleCounter.Now - start) / (Family.CoreHertz / 1_000_000), 0);
        Say("supply"u8, (uint)wire.TargetMillivolts, 0);
        foreach (uint hertz in s_frequencies)
        {
            wire.Frequency = hertz;
            Say("clock"u8, hertz, wire.Frequency);
            wire.Out(0x5555_5555, 32);
            Say("in"u8, 0, 0);
            _ = wire.In(32);
            Say("end"u8, 0, 0);
        }
        wire.Frequency = uint.MaxValue;
        var access = new WireAccess(wire, new SystemClock(Family.CoreHertz), new Nobody());
        DebugFault fault = access.Scan(0);
        Say("scan"u8, (uint)fault.Kind, (uint)access.PortCount);
        if (fault.Ok) Transfer(access.Port(0));
        Say("done"u8, 0, 0);
        while (true) Cpu.Wfi();
    }

    /// <summary>Cycles a word, times 100; blocks of 1 KiB at the start of an STM32's RAM.</summary>
    private static void Transfer(MemoryBus memory)
    {
        byte[] data = new byte[1024], back = new byte[1024];
        for (int i = 0; i < data.Length; i++) data[i] = (byte)(i * 37);
        memory.Write(0x2000_0000, data);                     // code into the cache
        memory.Read(0x2000_0000, back);
        uint start = CycleCounter.Now;
        DebugFault fault = memory.Write(0x2000_0000, data);
        uint written = CycleCounter.Now - start;
        start = CycleCounter.Now;
        if (fault.Ok) fault = memory.Read(0x2000_0000, back);
        uint read = CycleCounter.Now - start;
        Say("write"u8, (uint)fault.Kind, written * 100 / 256);
        Say("read"u8, back.AsSpan().SequenceEqual(data) ? 0u : 1, read * 100 / 256);
    }

    private static void Say(ReadOnlySpan<byte> what, uint first, uint second)
    {
        Span<byte> buffer = stackalloc byte[64];
        var line = new ByteWriter(buffer);
        line.Write(what);
        line.Write((byte)' ');
        line.WriteDecimal(first);
        line.Write((byte)' ');
        line.WriteDecimal(second);
        line.Write((byte)'\n');
        ReadOnlySpan<byte> text = line.Written;
        while (!text.IsEmpty) text = text[Platform<Family, Board>.Console.Write(text)..];
    }

    private sealed class Nobody : Background
    {
        public override void Run() { }
    }
}
