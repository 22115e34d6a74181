namespace SharpProbe.Sim.Adi;

/// <summary>What a debug port with several wire protocols listens to (IHI 0031E, chapter B5).</summary>
public enum SwjProtocol : byte
{
    /// <summary>SWJ-DP after power-up: SWCLK is TCK, SWDIO is TMS. See <see cref="JtagPort"/>.</summary>
    Jtag,
    Swd,
    /// <summary>Waits for a selection alert and an activation code.</summary>
    Dormant,
}
