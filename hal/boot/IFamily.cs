namespace SharpProbe.Hal;

/// <summary>What differs between chip families at start-up.</summary>
public unsafe interface IFamily
{
    static abstract uint CoreHertz { get; }
    static abstract uint UniqueIdAddress { get; }

    /// <summary>Address after DTCM.</summary>
    static abstract uint TightMemoryEnd { get; }

    /// <summary>The enable register of the GPIO ports' clocks, a bit a port from bit 0.</summary>
    static abstract uint* GpioClockEnable { get; }

    /// <summary>Typical time of one program unit of the flash.</summary>
    static abstract uint ProgramMicroseconds { get; }

    static abstract IwdgRegisters* Iwdg { get; }

    static abstract ClockSource StartClocks(ClockSource preferred);

    static abstract ResetCause TakeResetCause();

    /// <summary>Clocks of GPIO ports, DMA controllers and SYSCFG; family-specific memory attributes.</summary>
    static abstract void EnableBasics();

    /// <summary>Lets a UART's DMA request reach a stream; returns the bits that the stream's SxCR needs for it.</summary>
    static abstract uint Route(in DmaRoute route);
}
