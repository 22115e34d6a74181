using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target;

namespace SharpProbe.Tests.GdbServing;

/// <summary>Plain memory and a core all of whose instructions are two bytes long and do nothing. It runs a hundred of them at each look.</summary>
internal sealed unsafe class FakeTarget : DebugTarget
{
    public const uint FlashStart = 0x0800_0000, RamStart = 0x2000_0000;

    public readonly byte[] Flash = new byte[0x1_0000], Ram = new byte[0x1_0000];
    public readonly uint[] Registers = new uint[32];
    public readonly HashSet<(PointKind Kind, uint Address)> Points = [];
    public readonly List<string> Log = [];

    /// <summary>Reads that were asked for, and writes that were done.</summary>
    public readonly List<(uint Address, int Length)> Reads = [], Writes = [];
    private bool _attached, _running, _haltAsked;
    private StopInfo _stop = new(StopReason.Step);
    private static readonly MemoryRegion[] s_memories = [new(FlashStart, 0x1_0000, 0x400), new(RamStart, 0x1_0000, 0)];
    private static readonly MonitorCommand[] s_core = [new("vector_catch (enable|disable) ...\nstop at faults"u8, &VectorCatch)];
    private static readonly MonitorCommand[] s_part = [new("erase_mass\nerase all of the flash"u8, &EraseMass)];

    /// <summary>The next look at the running core finds this.</summary>
    public StopInfo? Next { get; set; }

    /// <summary>A halt is asked for in vain.</summary>
    public bool Deaf { get; set; }

    public DebugFault ReadFault { get; set; }
    public DebugFault ResumeFault { get; set; }
    public DebugFault FlashWriteFault { get; set; }
    public DebugFault FlashDoneFault { get; set; }
    public int Looks { get; private set; }
    public bool IsRunning => _running;
    public uint Pc { get => Registers[15]; set => Registers[15] = value; }

    public override ReadOnlySpan<byte> Driver => "Imaginary F1"u8;
    public override ReadOnlySpan<byte> Core => "M3"u8;
    public override bool Attached => _attached;

    public override DebugFault Attach()
    {
        Log.Add("attach");
        _attached = true;
        _running = false;
        return DebugFault.None;
    }

    public override DebugFault Detach()
    {
        Log.Add("detach");
        Points.Clear();
        _attached = false;
        _running = true;
        return DebugFault.None;
    }

    public override DebugFault Halt()
    {
        _haltAsked = !Deaf;
        return DebugFault.None;
    }

    public override DebugFault Resume()
    {
        if (ResumeFault.Failed) return ResumeFault;
        _running = true;
        _haltAsked = false;
        Pc += 2;                                // over a breakpoint
        return DebugFault.None;
    }

    public override DebugFault Step()
    {
        Pc += 2;
        _stop = new(StopReason.Step);
        return DebugFault.None;
    }

    public override StopInfo Poll()
    {
        Looks++;
        if (!_running) return _stop;
        if (Next is { } next) return Stop(next);
        for (int i = 0; i < 100; i++)
        {
            if (Points.Contains((PointKind.Hardware, Pc)) || Points.Contains((PointKind.Software, Pc))) return Stop(new(StopReason.Breakpoint));
            Pc += 2;
            if (Pc is < FlashStart or >= FlashStart + 0x1000) Pc = FlashStart + 8;
        }
        return _haltAsked ? Stop(new(StopReason.Request)) : new(StopReason.Running);
    }

    private StopInfo Stop(StopInfo info)
    {
        Next = null;
        _running = false;
        return _stop = info;
    }

    public override DebugFault Reset()
    {
        Log.Add("reset");
        _running = false;
        Pc = FlashStart + 8;
        return DebugFault.None;
    }

    // r0 to r15, xPSR (25), msp (26) and psp (27) to stand for those that "g" does not hold.
    public override int RegisterCount => 28;
    public override int RegisterSize(int number) => number < 16 || number is >= 25 and <= 27 ? 4 : 0;

    public override DebugFault ReadRegister(int number, Span<byte> value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(value, Registers[number]);
        return DebugFault.None;
    }

    public override DebugFault WriteRegister(int number, ReadOnlySpan<byte> value)
    {
        Registers[number] = BinaryPrimitives.ReadUInt32LittleEndian(value);
        return DebugFault.None;
    }

    public override void WriteDescription(ref WindowWriter xml)
    {
        xml.Write("<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\"><target><architecture>arm</architecture><feature name=\"org.gnu.gdb.arm.m-profile\">"u8);
        for (uint i = 0; i < 13; i++)
        {
            xml.Write("<reg name=\"r"u8);
            xml.WriteDecimal(i);
            xml.Write("\" bitsize=\"32\"/>"u8);
        }
        xml.Write("<reg name=\"sp\" bitsize=\"32\" type=\"data_ptr\"/><reg name=\"lr\" bitsize=\"32\"/><reg name=\"pc\" bitsize=\"32\" type=\"code_ptr\"/><reg name=\"xpsr\" bitsize=\"32\" regnum=\"25\"/></feature>"u8);
        xml.Write("<feature name=\"org.gnu.gdb.arm.m-system\"><reg name=\"msp\" bitsize=\"32\" type=\"data_ptr\" regnum=\"26\"/><reg name=\"psp\" bitsize=\"32\" type=\"data_ptr\"/></feature></target>"u8);
    }

    public override DebugFault ReadMemory(uint address, Span<byte> data)
    {
        Reads.Add((address, data.Length));
        if (ReadFault.Failed) return ReadFault;
        if (!TryFind(address, data.Length, out Span<byte> memory)) return new(FaultKind.BusError, address);
        memory.CopyTo(data);
        return DebugFault.None;
    }

    public override DebugFault WriteMemory(uint address, ReadOnlySpan<byte> data)
    {
        if (address < RamStart || !TryFind(address, data.Length, out Span<byte> memory)) return new(FaultKind.BusError, address);
        data.CopyTo(memory);
        Writes.Add((address, data.Length));
        return DebugFault.None;
    }

    private bool TryFind(uint address, int length, out Span<byte> memory)
    {
        (byte[] region, uint start) = address >= RamStart ? (Ram, RamStart) : (Flash, FlashStart);
        memory = default;
        if (address < start || address - start > (uint)region.Length || (uint)length > region.Length - (address - start)) return false;
        memory = region.AsSpan((int)(address - start), length);
        return true;
    }

    public override void WriteMemoryMap(ref WindowWriter xml)
    {
        xml.Write("<?xml version=\"1.0\"?><memory-map><memory type=\"flash\" start=\"0x08000000\" length=\"0x10000\"><property name=\"blocksize\">0x400</property></memory>"u8);
        xml.Write("<memory type=\"ram\" start=\"0x20000000\" length=\"0xe0000000\"/></memory-map>"u8);
    }

    public override ReadOnlySpan<MemoryRegion> Memories => s_memories;

    public override PointResult Insert(PointKind kind, uint address, uint length)
    {
        if (Points.Count == 6) return PointResult.NoneFree;
        Points.Add((kind, address));
        return PointResult.Done;
    }

    public override PointResult Remove(PointKind kind, uint address, uint length) => Points.Remove((kind, address)) ? PointResult.Done : PointResult.Failed;

    public override DebugFault FlashErase(uint address, uint length)
    {
        if (address < FlashStart || address - FlashStart + (ulong)length > (uint)Flash.Length) return new(FaultKind.FlashOutside, address);
        Flash.AsSpan((int)(address - FlashStart), (int)length).Fill(0xFF);
        return DebugFault.None;
    }

    public override DebugFault FlashWrite(uint address, ReadOnlySpan<byte> data)
    {
        if (FlashWriteFault.Failed) return FlashWriteFault;
        if (address < FlashStart || address - FlashStart + (ulong)data.Length > (uint)Flash.Length) return new(FaultKind.FlashOutside, address);
        data.CopyTo(Flash.AsSpan((int)(address - FlashStart)));
        return DebugFault.None;
    }

    public override DebugFault FlashDone() => FlashDoneFault;
    public override void Work() { }
    public override ReadOnlySpan<MonitorCommand> Commands => s_core;
    public override ReadOnlySpan<MonitorCommand> PartCommands => s_part;

    private static bool VectorCatch(TargetSession session, ref Words words, TextOutput output)
    {
        output.Write("Catch vectors: hard\n"u8);
        return true;
    }

    private static bool EraseMass(TargetSession session, ref Words words, TextOutput output)
    {
        ((FakeTarget)session.Current!).Flash.AsSpan().Fill(0xFF);
        output.Write("erased\n"u8);
        return true;
    }
}
