namespace SharpProbe.Dfu;

/// <summary>bStatus (DFU 1.1, A.1.2). Hosts show a sentence of their own for each; ours is behind iString.</summary>
public enum DfuStatus : byte
{
    Ok = 0x00,
    /// <summary>The file is not for this device.</summary>
    Target = 0x01,
    /// <summary>The file is for this device but fails a check.</summary>
    File = 0x02,
    Write = 0x03,
    Erase = 0x04,
    Program = 0x06,
    Verify = 0x07,
    Address = 0x08,
    /// <summary>The end came before all the data.</summary>
    NotDone = 0x09,
    /// <summary>There is no firmware to return to.</summary>
    Firmware = 0x0A,
    Vendor = 0x0B,
    StalledRequest = 0x0F,
}
