namespace SharpProbe.Sim.Qemu;

/// <summary>QEMU is not installed.</summary>
public sealed class QemuMissingException() : Exception("qemu-system-arm is not installed: the core cannot be compared with it. Debian and Ubuntu: apt install qemu-system-arm.");
