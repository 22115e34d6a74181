namespace SharpProbe.Sim.Cli.Rig;

/// <summary>How a trace reaches the computer.</summary>
public enum SwoWay
{
    /// <summary>DAP_SWO_Data over CMSIS-DAP v2.</summary>
    Commands,
    /// <summary>The streaming endpoint of the USB mode "trace".</summary>
    Stream,
    /// <summary>"monitor traceswo": text on the target's UART port.</summary>
    Text,
}
