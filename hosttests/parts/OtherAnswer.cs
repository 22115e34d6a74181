using System.Buffers.Binary;
using SharpProbe.Sim;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Parts;

/// <summary>A device of a target's bus, one word of which reads as something else.</summary>
sealed class OtherAnswer(IBusDevice device, uint offset, uint answer) : IBusDevice
{
    public string Name => device.Name;

    /// <summary>For <see cref="PartBench"/>: a register of any model, or a word of a memory, that says what the part never says.</summary>
    public static Action<SimTarget> At(uint address, uint value) => target =>
    {
        Bus bus = target.Chip.Bus;
        BusMapping there = bus.Find(address)!;
        if (there.Region is { } memory)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(memory.Span[(int)(address - there.Address)..], value);
            return;
        }
        bus.Unmap(there.Address);
        bus.Map(there.Address, there.Size, new OtherAnswer(there.Device!, address - there.Address, value));
    };

    public uint Read(uint at, int width)
    {
        if ((at & ~3u) != offset) return device.Read(at, width);
        uint value = answer >> (int)(at & 3) * 8;
        return width == 4 ? value : value & (1u << width * 8) - 1;
    }

    public void Write(uint at, uint value, int width) => device.Write(at, value, width);
}
