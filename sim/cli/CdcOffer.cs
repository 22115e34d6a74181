using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli;

/// <summary>A USB serial port and where it is offered: "gdb=pty", "gdb=pty:LINK", "uart=tcp:PORT".</summary>
/// <param name="Name">Part of the interface string.</param>
/// <param name="Link">Symbolic link to the pseudo terminal; null for TCP.</param>
internal sealed record CdcOffer(string Name, string? Link, int Port)
{
    public static CdcOffer Parse(string text)
    {
        if (text.Split('=', 2) is [{ Length: > 0 } name, { } place])
        {
            if (place == "pty") return new(name, Path.Combine("out", "pty", name), 0);
            if (place.StartsWith("pty:", StringComparison.Ordinal) && place.Length > 4) return new(name, place[4..], 0);
            if (place.StartsWith("tcp:", StringComparison.Ordinal) && int.TryParse(place[4..], out int port) && port is > 0 and < 65536) return new(name, null, port);
        }
        throw new UsageError($"--cdc {text}: NAME=pty, NAME=pty:LINK or NAME=tcp:PORT");
    }

    public IHostPeer Open()
    {
        if (Link is null) return new TcpPeer(Port);
        return OperatingSystem.IsLinux() ? new PtyPeer(Link) : throw new UsageError($"--cdc {Name}=pty: only on Linux; there is {Name}=tcp:PORT");
    }

    /// <summary>gdb's protocol tells by itself whose turn it is.</summary>
    public PeerTurn Turn() => Name.Contains("gdb", StringComparison.OrdinalIgnoreCase) ? new RspTurn() : new QuietTurn();
}
