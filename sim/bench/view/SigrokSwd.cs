using System.Diagnostics;
using System.Numerics;
using SharpProbe.Sim.Adi;

namespace SharpProbe.Sim.View;

/// <summary>
/// Compares a port's log with what sigrok's "swd" decoder finds in a value change dump of the wires. Line resets and switch sequences are left out. The decoder does not know
/// TARGETSEL nor where the data phase of a refused read lies under ORUNDETECT; and it takes the turnaround after WAIT or FAULT for the first bit of a request, so that one to
/// six idle clocks there lead it astray. What follows these may differ.
/// </summary>
public static class SigrokSwd
{
    private const string Prefix = "swd-1: ";

    /// <summary>Runs sigrok-cli, which must be installed, on a dump whose wires are named as given (last part only); one line a field of each transfer.</summary>
    public static List<string> Decode(string vcd, string swclk, string swdio)
    {
        string[] arguments = ["-i", vcd, "-I", "vcd", "-P", $"swd:swclk={swclk}:swdio={swdio}", "-A", "swd"];
        using var sigrok = Process.Start(new ProcessStartInfo("sigrok-cli", arguments) { RedirectStandardOutput = true })!;
        var lines = new List<string>();
        while (sigrok.StandardOutput.ReadLine() is { } line)
            if (line.StartsWith(Prefix, StringComparison.Ordinal) && line[Prefix.Length..] is not ("LINERESET" or "JTAG->SWD")) lines.Add(line[Prefix.Length..]);
        sigrok.WaitForExit();
        return lines;
    }

    /// <summary>The same lines from the log.</summary>
    public static IEnumerable<string> Expect(IEnumerable<SwdTransfer> log) => log.SelectMany(Expect);

    private static IEnumerable<string> Expect(SwdTransfer entry)
    {
        if (entry.Event == SwdEvent.ProtocolError)
        {
            if (!entry.Request.StopRight || !entry.Request.ParkRight) yield break;
        }
        else if (entry.Event != SwdEvent.Transfer) yield break;
        yield return Name(entry);
        yield return entry.Event == SwdEvent.ProtocolError ? "NOREPLY" : entry.Ack switch
        {
            SwdAck.Ok => "OK", SwdAck.Wait => "WAIT", SwdAck.Fault => "FAULT", SwdAck.None => "NOREPLY", _ => "ERROR",
        };
        if (!entry.HasData) yield break;
        yield return $"0x{entry.Data:x8}";
        int parity = BitOperations.PopCount(entry.Data) & 1;
        if (entry.ParityError) yield return $"{parity}{1 - parity}";
    }

    private static string Name(SwdTransfer entry)
    {
        string direction = entry.Request.Read ? "R " : "W ";
        if (entry.Request.Ap) return $"{direction}AP{entry.Request.Address:x}";
        return entry.Request.Address switch
        {
            0 => entry.Request.Read ? "IDCODE" : "W ABORT",
            // The decoder looks at the lowest bit of DPBANKSEL alone.
            4 => direction + (entry.Register is SwdRegister.Dlcr or SwdRegister.Dlpidr ? "DLCR" : "CTRL/STAT"),
            8 => entry.Request.Read ? "RESEND" : "W SELECT",
            _ => entry.Request.Read ? "RDBUFF" : "W RESERVED",
        };
    }
}
