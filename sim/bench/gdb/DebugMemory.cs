using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Gdb;

/// <summary>
/// Memory as a debugger sees it. RAM and flash are read and written directly (a debugger's "load" needs no flash algorithm here); devices and the core's
/// own registers are accessed in the widest naturally aligned units, with their side effects.
/// </summary>
public sealed class DebugMemory(Core core)
{
    /// <summary>Reads as far as memory answers; returns the number of bytes. A device that refuses gives its reason.</summary>
    public int Read(uint address, Span<byte> bytes, out string? refusal)
    {
        refusal = null;
        int done = 0;
        try
        {
            while (done < bytes.Length)
            {
                uint at = address + (uint)done;
                var rest = bytes[done..];
                if (Memory(at, out var memory))
                {
                    int count = Math.Min(rest.Length, memory.Length);
                    memory[..count].CopyTo(rest);
                    done += count;
                    continue;
                }
                int width = Width(at, rest.Length);
                if (!TryRead(at, width, out uint value)) return done;
                for (int i = 0; i < width; i++) rest[i] = (byte)(value >> 8 * i);
                done += width;
            }
        }
        catch (BenchStop stop)
        {
            refusal = stop.Message;
        }
        return done;
    }

    /// <summary>Writes all bytes; false at the first address that nothing answers.</summary>
    public bool Write(uint address, ReadOnlySpan<byte> bytes, out string? refusal)
    {
        refusal = null;
        try
        {
            for (int done = 0; done < bytes.Length;)
            {
                uint at = address + (uint)done;
                var rest = bytes[done..];
                if (Memory(at, out var memory))
                {
                    int count = Math.Min(rest.Length, memory.Length);
                    rest[..count].CopyTo(memory);
                    core.Bus.Find(at)!.Region!.ContentsChanged();
                    done += count;
                    continue;
                }
                int width = Width(at, rest.Length);
                uint value = 0;
                for (int i = 0; i < width; i++) value |= (uint)rest[i] << 8 * i;
                if (!TryWrite(at, value, width)) return false;
                done += width;
            }
            return true;
        }
        catch (BenchStop stop)
        {
            refusal = stop.Message;
            return false;
        }
    }

    private bool Memory(uint address, out Span<byte> bytes)
    {
        bytes = default;
        if (core.Bus.Find(address) is not { Region: { } region } mapping) return false;
        bytes = region.Span[(int)(address - mapping.Address)..];
        return true;
    }

    private static int Width(uint address, int rest) =>
        rest >= 4 && (address & 3) == 0 ? 4 : rest >= 2 && (address & 1) == 0 ? 2 : 1;

    private bool TryRead(uint address, int width, out uint value)
    {
        if (address >> 20 != 0xE00) return core.Bus.TryRead(address, width, out value);
        value = core.DebugReadPrivate(address, width);
        return true;
    }

    private bool TryWrite(uint address, uint value, int width)
    {
        if (address >> 20 != 0xE00) return core.Bus.TryWrite(address, value, width);
        core.DebugWritePrivate(address, value, width);
        return true;
    }
}
