namespace SharpProbe.Sim.Cpu;

/// <summary>The processors that the bench models; each is an instruction set, a system control space and a row set of the cycle cost table.</summary>
public enum CoreKind
{
    /// <summary>ARMv6-M.</summary>
    CortexM0Plus,
    /// <summary>ARMv7-M.</summary>
    CortexM3,
    /// <summary>ARMv7E-M with FPv4-SP: single precision, without the FPv5 additions.</summary>
    CortexM4,
    /// <summary>ARMv7E-M with FPv5-SP (STM32F72x).</summary>
    CortexM7,
    /// <summary>ARMv7E-M with FPv5-D16 (STM32H7).</summary>
    CortexM7Double,
}
