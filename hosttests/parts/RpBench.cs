using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Targets.Rp2040;
using SharpProbe.Tests.Targets.Rp2350;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Parts;

/// <summary>An RP2040 or RP2350 with a program that counts in r0, or none.</summary>
internal static class RpBench
{
    public const uint Xip = ChipRp.Xip;

    /// <summary>movs r0, #0; adds r0, #1; b .-2</summary>
    public static readonly ushort[] Counting = [0x2000, 0x3001, 0xE7FD];

    /// <param name="name">On the bench.</param>
    /// <param name="program">False: the flash is erased.</param>
    public static PartBench With(string name, bool program = true) => new(name, target =>
    {
        if (program) target.Load(target is Rp2350 ? Rp2350Image.Of(Counting, 0x800) : BootedImage.Of(Counting, 0x800), Xip);
    });

    public static uint Pc(PartBench bench, int core = 0)
    {
        byte[] pc = new byte[4];
        Succeeds(bench.Session[core].ReadRegister(15, pc));
        return BitConverter.ToUInt32(pc);
    }

    public static uint Word(PartBench bench, int core, uint address)
    {
        byte[] word = new byte[4];
        Succeeds(bench.Session[core].ReadMemory(address, word));
        return BitConverter.ToUInt32(word);
    }
}
