namespace SharpProbe.Hosting;

/// <summary>What "monitor semihosting" and "monitor redirect_stdout" set.</summary>
public sealed class SemihostingOptions
{
    /// <summary>Programs may use the host. Otherwise each call fails, and the first is told.</summary>
    public bool Allowed { get; set; } = true;

    /// <summary>Console output goes to the USB port of the target's UART.</summary>
    public bool Redirected { get; set; }
}
