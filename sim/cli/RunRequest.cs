using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli;

/// <summary>What to run and what to see of it. Times in femtoseconds.</summary>
internal sealed record RunRequest
{
    public required string Board { get; init; }
    public required string Elf { get; init; }
    /// <summary>The boot loader's ELF file; null: the chip starts <see cref="Elf"/> directly.</summary>
    public string? BootLoader { get; init; }
    /// <summary>Null: until the user ends it.</summary>
    public ulong? Time { get; init; }
    public string? Vcd { get; init; }
    public IReadOnlyList<string> Pins { get; init; } = [];
    public uint VcdPicoseconds { get; init; } = 1000;
    public string? Trace { get; init; }
    public ulong TraceFrom { get; init; }
    public bool Profile { get; init; }
    public string? ProfileFile { get; init; }
    public UartMode Uart { get; init; }
    public int UartPort { get; init; }
    public int? Gdb { get; init; }
    public bool Semihosting { get; init; }
    /// <summary>What is on the probe's SWD, reset and UART wires; null: nothing.</summary>
    public Targets.TargetEntry? Target { get; init; }
    public string? TargetElf { get; init; }
    /// <summary>The port's best speed; null: no cable.</summary>
    public UsbSpeed? Usb { get; init; }
    public IReadOnlyList<CdcOffer> Cdc { get; init; } = [];
    /// <summary>The USB device is offered to real hosts at this address; null: it is not.</summary>
    public System.Net.IPEndPoint? UsbIp { get; init; }
    /// <summary>A QEMU guest's USB port, a socket; null: none.</summary>
    public string? UsbRedir { get; init; }
    public string? UsbLog { get; init; }
    /// <summary>Time stands while a program at a USB serial port thinks.</summary>
    public bool StandStill { get; init; }
    /// <summary>Simulated time per real time at most; null: as fast as it goes.</summary>
    public double? Pace { get; init; }
}
