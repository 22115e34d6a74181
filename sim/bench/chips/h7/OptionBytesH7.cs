namespace SharpProbe.Sim.Chips.H7;

/// <summary>Option bytes in flash, by register.</summary>
/// <param name="Status">OPTSR: software watchdog, no reset on Stop and Standby, RDP level 0.</param>
/// <param name="Boot">BOOT_ADD0 and BOOT_ADD1, upper halves of the addresses.</param>
/// <param name="Protected1">PRAR of bank 1; start above end: no area.</param>
/// <param name="Secured1">SCAR of bank 1.</param>
/// <param name="WriteProtection1">WPSN of bank 1: a zero protects.</param>
/// <param name="Protected2">PRAR of bank 2.</param>
/// <param name="Secured2">SCAR of bank 2.</param>
/// <param name="WriteProtection2">WPSN of bank 2.</param>
public sealed record OptionBytesH7(uint Status, uint Boot, uint Protected1, uint Secured1, uint WriteProtection1, uint Protected2, uint Secured2, uint WriteProtection2)
{
    public static OptionBytesH7 Factory { get; } = new(0x0006_AAD0, 0x1FF0_0800, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
}
