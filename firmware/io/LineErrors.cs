using System;

namespace SharpProbe.Io;

/// <summary>What can go wrong in reception; bits as in the status of DAP_UART_Status (CMSIS-DAP 2.1).</summary>
[Flags]
public enum LineErrors : byte
{
    None = 0,

    /// <summary>Nobody read for so long that bytes were overwritten.</summary>
    Lost = 2,
    Framing = 4,
    Parity = 8,
}
