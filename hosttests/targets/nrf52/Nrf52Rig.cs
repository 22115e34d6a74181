using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Adi;

namespace SharpProbe.Tests.Targets.Nrf52;

/// <summary>An nRF52832 beside a probe without firmware; the test has its bus, as a debug port would, and its wires.</summary>
internal sealed class Nrf52Rig : BusRig
{
    public const uint Ready = 0x4001_E400, Config = 0x4001_E504, ErasePage = 0x4001_E508, EraseAll = 0x4001_E50C, EraseUicr = 0x4001_E514, Uicr = 0x1000_1000, Approtect = Uicr + 0x208;
    public const uint Ren = 0, Wen = 1, Een = 2, Ram = 0x2000_0000;

    /// <param name="program">Code at 0x100, with a stack; none: an erased part.</param>
    public Nrf52Rig(params ushort[] program) : base(probe => new Nrf52832(probe))
    {
        if (program.Length == 0) return;
        var image = new byte[0x100 + program.Length * 2];
        BitConverter.TryWriteBytes(image, Ram + 0x1000);
        for (int n = 1; n < 64; n++) BitConverter.TryWriteBytes(image.AsSpan(n * 4), 0x101u);
        for (int i = 0; i < program.Length; i++) BitConverter.TryWriteBytes(image.AsSpan(0x100 + i * 2), program[i]);
        Target.Load(image, 0);
    }

    public new Nrf52832 Target => (Nrf52832)base.Target;

    /// <summary>Femtoseconds until NVMC.READY.</summary>
    public ulong Duration() => Until(Ready, 1, 1);
}
