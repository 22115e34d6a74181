namespace SharpProbe.Sim.Qemu;

/// <summary>One of the two machines that are compared: memory laid out as <see cref="TestLayout"/> says, a core that runs to a stop address.</summary>
public interface ITestMachine : IDisposable
{
    void Write(uint address, ReadOnlySpan<byte> bytes);
    void Read(uint address, Span<byte> bytes);

    /// <summary>Runs from <paramref name="entry"/> until <see cref="TestLayout.End"/> or <see cref="TestLayout.FaultHandler"/>. Returns where it stopped.</summary>
    uint Run(uint entry);

    /// <summary>Main stack pointer, to find the frame of an unexpected exception.</summary>
    uint StackPointer { get; }
}
