namespace SharpProbe.Hal;

/// <summary>Where the wire to the target is. Constants, so that the code of <see cref="PortWirePins{TFamily, TBoard}"/> folds to stores. SWCLK and SWDIO share a port on every board.</summary>
public unsafe interface IWireWiring
{
    static abstract GpioRegisters* WirePort { get; }

    /// <summary>Pin numbers on that port.</summary>
    static abstract int Swclk { get; }
    static abstract int Swdio { get; }

    /// <summary>
    /// Mode bits of the four pins in SWDIO's byte of MODER, SWDIO an input and SWCLK an output, where nothing else ever changes the other two: the direction then turns by one byte store.
    /// -1 where something may.
    /// </summary>
    static abstract int ReleasedModes { get; }

    /// <summary>An SPI that has SWCLK as its clock and SWDIO as its input: it clocks words in. Only where <see cref="ReleasedModes"/> tells the modes of both pins, below 8; null: none.</summary>
    static abstract SpiRegisters* Shifter { get; }

    /// <summary>The alternate function of both pins.</summary>
    static abstract uint ShifterFunction { get; }

    /// <summary>Clock of its APB, and what the wire carries however much is asked for; in Hz.</summary>
    static abstract uint ShifterKernelHertz { get; }
    static abstract uint ShifterFastest { get; }

    /// <summary>What JTAG has beside: TCK is SWCLK, TMS is SWDIO.</summary>
    static abstract GpioRegisters* TdiPort { get; }
    static abstract int Tdi { get; }
    static abstract GpioRegisters* TdoPort { get; }
    static abstract int Tdo { get; }

    static abstract Pin TargetReset { get; }

    /// <summary>A pin tells a buffer or the connector who drives SWDIO: high is the probe.</summary>
    static abstract bool HasDirection { get; }
    static abstract Pin Direction { get; }

    static abstract bool HasPowerSwitch { get; }

    /// <summary>High feeds the target.</summary>
    static abstract Pin PowerSwitch { get; }

    /// <summary>Target supply (VTref) in mV, or -1 where the board cannot measure it.</summary>
    static abstract int TargetMillivolts { get; }
}
