namespace SharpProbe.Trace;

/// <summary>What a packet of ITM or DWT is (ARMv7-M ARM, DDI 0403E, appendix D4).</summary>
public enum TracePacketKind : byte
{
    /// <summary>Software wrote to a stimulus port: <see cref="TracePacket.Source"/> is the port, pages counted in.</summary>
    Stimulus,
    /// <summary>From the DWT: <see cref="TracePacket.Source"/> is the discriminator.</summary>
    Hardware,
    /// <summary>Cycles since the one before; <see cref="TracePacket.Source"/> is TC, how it was delayed.</summary>
    LocalTimestamp,
    /// <summary>Low bits of the global timestamp, as many as came.</summary>
    GlobalTimestampLow,
    /// <summary>High bits of the global timestamp, from bit 26 on.</summary>
    GlobalTimestampHigh,
    /// <summary>The target lost packets.</summary>
    Overflow,
    /// <summary>47 zeros and a one: from here on the stream is understood.</summary>
    Synchronization,
    /// <summary>An extension packet; the ITM's, which turns the page of stimulus ports, is obeyed.</summary>
    Extension,
    /// <summary>What no packet is: bits were lost or turned.</summary>
    Malformed,
}
