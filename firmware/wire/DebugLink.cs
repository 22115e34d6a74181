using System;

namespace SharpProbe.Wire;

/// <summary>What carries accesses to the registers of a debug port and its access ports, whatever the protocol: <see cref="Swd"/> or <see cref="Jtag"/>. AP reads are posted in both.</summary>
public abstract class DebugLink
{
    /// <summary>Reads whose parity was wrong and that RESEND saved; wraps.</summary>
    public uint Recovered { get; protected set; }

    /// <summary>A failed access is acknowledged with FAULT. By JTAG only CTRL/STAT tells (IHI 0031, "OK/FAULT response").</summary>
    public abstract bool TellsFaults { get; }

    /// <summary>Write transaction. An answer other than OK ends it before the data.</summary>
    /// <param name="request">From <see cref="SwdRequest"/>.</param>
    public abstract SwdAck Write(uint request, uint value);

    /// <summary>Read transaction; of an AP it gives the value that the AP read before it fetched. A value of wrong parity is asked for again with RESEND where the request was one for an AP or RDBUFF.</summary>
    public abstract SwdAck Read(uint request, out uint value);

    /// <summary>
    /// Reads of one AP register, little endian into <paramref name="data"/> (whole words), posted: each transaction carries the data of the one before, RDBUFF the last.
    /// A second call goes on where the first one ended.
    /// </summary>
    /// <param name="issued">Accesses that the target acknowledged: 0 at first. Words complete: one fewer, or all when the result is OK.</param>
    /// <param name="tries">WAIT ends the call when it has come so often.</param>
    public abstract SwdAck ReadBlock(uint request, Span<byte> data, ref int issued, int tries = BusyRetries);

    /// <summary>Writes of one AP register from <paramref name="data"/> (whole words). WAIT and going on as <see cref="ReadBlock"/>.</summary>
    /// <param name="done">Words that the target took.</param>
    /// <param name="tries">As <see cref="ReadBlock"/>.</param>
    public abstract SwdAck WriteBlock(uint request, ReadOnlySpan<byte> data, ref int done, int tries = BusyRetries);

    /// <summary>Clocks between transactions. Eight end a sequence, so that the target finishes the last one (IHI 0031, "Idle cycles").</summary>
    public abstract void Idle(int clocks = 8);

    /// <summary>Times that a block repeats a transaction answered with WAIT before it gives the rest of the probe a turn; by SWD 13 clocks each.</summary>
    public const int BusyRetries = 64;
}
