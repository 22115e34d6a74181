using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Chips.L4;

namespace SharpProbe.Sim.Chips.L5;

/// <summary>
/// What a debugger's accesses meet in an STM32L5 with TrustZone on (RM0438 2.3, 6.5): addresses 3, 5 and 0C are the secure ones and a bus error for who is not; at the others secure flash and SRAM read as zero, and
/// what is written is lost, or refused by the flash. All SRAM is secure, as after a reset; GTZC and SAU are not modelled.
/// </summary>
/// <param name="secure">The access port's are secure accesses.</param>
public sealed class SecurityBus(IDebugBus bus, FlashL4 flash, bool secure) : IDebugBus
{
    private const uint Flash = 0x0800_0000, FlashSize = 0x8_0000, Registers = 0x4002_2000;

    public bool Powered => bus.Powered;
    public bool Enabled => bus.Enabled;

    public bool Read(uint address, int width, out uint value, out ulong readyAt)
    {
        (value, readyAt) = (0, 0);
        if (IsAlias(address)) return secure && bus.Read(address, width, out value, out readyAt);
        return IsHidden(address) || bus.Read(address, width, out value, out readyAt);
    }

    public bool Write(uint address, uint value, int width, out ulong readyAt)
    {
        readyAt = 0;
        if (IsAlias(address)) return secure && bus.Write(address, value, width, out readyAt);
        if (IsHidden(address) && address >> 28 != 0) return true;
        flash.NonSecureAccess = true;
        bool good = bus.Write(address, value, width, out readyAt);
        flash.NonSecureAccess = false;
        return good;
    }

    private static bool IsAlias(uint address) => address >> 28 is 3 or 5 || address >> 26 == 3;

    private bool IsHidden(uint address) =>
        address >> 28 == 2 || address - Flash < FlashSize && flash.IsTrusted(address - Flash) || address - Registers < 0x400 && FlashL4.IsSecureRegister(address - Registers);
}
