namespace SharpProbe.Dap;

/// <summary>What TransferConfigure and SWD_Configure set; kept from one connection to the next.</summary>
sealed class TransferSettings
{
    /// <summary>Clocks after each transfer.</summary>
    public int IdleCycles;

    /// <summary>A transfer answered with WAIT is repeated so often.</summary>
    public int WaitRetries = 100;

    /// <summary>A value that does not match is read again so often.</summary>
    public int MatchRetries;

    /// <summary>Of all matches that follow.</summary>
    public uint MatchMask;

    public int Turnaround = 1;

    public bool DataPhase;
}
