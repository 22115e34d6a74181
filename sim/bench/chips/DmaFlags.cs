namespace SharpProbe.Sim.Chips;

/// <summary>One stream's flags as they lie in LISR and HISR.</summary>
[Flags]
internal enum DmaFlags
{
    None = 0,
    FifoError = 1,
    DirectModeError = 4,
    TransferError = 8,
    HalfTransfer = 16,
    TransferComplete = 32,
}
