using System.Globalization;

namespace SharpProbe.Sim.Adi;

/// <summary>One entry of a port's log, as the target saw it.</summary>
public readonly record struct SwdTransfer
{
    private static readonly string[] Names =
    [
        "", "DPIDR", "ABORT", "CTRL/STAT", "SELECT", "RESEND", "RDBUFF", "DLCR", "TARGETID", "DLPIDR", "EVENTSTAT", "TARGETSEL", "reserved",
        "CSW", "TAR", "DRW", "BD0", "BD1", "BD2", "BD3", "CFG", "BASE", "IDR", "reserved",
    ];

    public SwdEvent Event { get; init; }
    /// <summary>Femtoseconds: rising edge of the start bit, or of the last bit of a line sequence.</summary>
    public ulong Time { get; init; }
    /// <summary>Femtoseconds: rising edge of the last bit before the turnaround or idle.</summary>
    public ulong End { get; init; }
    public SwdRequest Request { get; init; }
    public SwdAck Ack { get; init; }
    /// <summary>True: a data phase followed the acknowledge.</summary>
    public bool HasData { get; init; }
    /// <summary>As it was on the wire. An AP read returns what an earlier one fetched.</summary>
    public uint Data { get; init; }
    /// <summary>Data and parity bit on the wire do not agree.</summary>
    public bool ParityError { get; init; }
    public SwdRegister Register { get; init; }
    /// <summary>APSEL at that time.</summary>
    public byte Ap { get; init; }
    /// <summary>The memory address that this access is to, of DRW and BD0 to BD3.</summary>
    public uint? Memory { get; init; }
    /// <summary>Of a protocol error.</summary>
    public string? Reason { get; init; }

    public string RegisterName => Names[(int)Register];

    /// <summary>"12.345 µs  R AP0 DRW OK 0x00000001 [0x20000000]".</summary>
    public override string ToString()
    {
        string time = string.Create(CultureInfo.InvariantCulture, $"{Time / 1e9:F3} µs  ");
        if (Event != SwdEvent.Transfer) return time + Event switch
        {
            SwdEvent.LineReset => "line reset",
            SwdEvent.ToJtag => "switched to JTAG",
            SwdEvent.ToSwd => "switched to SWD",
            SwdEvent.ToDormant => "dormant",
            SwdEvent.Deselected => "not selected",
            _ => "protocol error: " + Reason,
        };
        string port = Request.Ap ? $"AP{Ap}" : "DP";
        string ack = Ack switch { SwdAck.Ok => "OK", SwdAck.Wait => "WAIT", SwdAck.Fault => "FAULT", SwdAck.None => "no answer", _ => $"acknowledge {(int)Ack}" };
        string data = HasData ? $" 0x{Data:X8}" : "";
        string parity = ParityError ? " parity error" : "";
        string memory = Memory is { } address ? $" [0x{address:X8}]" : "";
        return $"{time}{(Request.Read ? 'R' : 'W')} {port} {RegisterName} {ack}{data}{parity}{memory}";
    }
}
