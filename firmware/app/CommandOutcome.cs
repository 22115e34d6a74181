namespace SharpProbe.App;

public enum CommandOutcome : byte
{
    Done,
    /// <summary>The reply was the last word before the probe starts anew.</summary>
    Reboot,
    /// <summary>The target's UART port becomes an echo.</summary>
    UsbEcho,
    /// <summary>The reply was the last word before the boot loader starts.</summary>
    BootLoader,
    /// <summary>Not a command of this table.</summary>
    Unknown,
}
