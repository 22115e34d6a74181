namespace SharpProbe.Sim.Cli;

/// <summary>Where the board's serial console ends.</summary>
internal enum UartMode
{
    /// <summary>Output on stdout; nothing is sent to the board.</summary>
    Show,
    /// <summary>stdin and stdout.</summary>
    Console,
    /// <summary>A pseudo terminal, for picocom and the like.</summary>
    Pty,
    /// <summary>A TCP port on the loopback interface.</summary>
    Tcp,
    None,
}
