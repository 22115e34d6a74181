namespace SharpProbe.Wire;

/// <summary>The two pins that JTAG has beside those of <see cref="IWirePins"/>: SWCLK is TCK, SWDIO is TMS. They may be on other ports.</summary>
public interface IJtagPins : IWirePins
{
    /// <summary>Pin numbers in the words of <see cref="IWirePins.Store"/> and <see cref="IWirePins.Load"/>, 0 to 15.</summary>
    static abstract int Tdi { get; }
    static abstract int Tdo { get; }

    /// <summary>As <see cref="IWirePins.Port"/>.</summary>
    static abstract nuint TdiPort { get; }
    static abstract nuint TdoPort { get; }

    /// <summary>TDI becomes an output, high; TDO an input, pulled up: where nobody answers, ones are read.</summary>
    static abstract void ConnectJtag();

    /// <summary>TDI is let go.</summary>
    static abstract void DisconnectJtag();
}
