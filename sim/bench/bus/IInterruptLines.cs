namespace SharpProbe.Sim;

/// <summary>The NVIC's inputs as peripherals see them.</summary>
public interface IInterruptLines
{
    /// <summary>Level of external interrupt <paramref name="irq"/> (0 based, IPSR minus 16). A rising level pends it; it stays pending while high (ARMv7-M B3.4).</summary>
    void Set(int irq, bool level);
}
