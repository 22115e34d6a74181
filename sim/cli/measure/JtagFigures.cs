using SharpProbe.Sim.Cli.Rig;

namespace SharpProbe.Sim.Cli.Measure;

/// <summary>A target's RAM by JTAG at the fastest clock: through CMSIS-DAP over bulk endpoints, and by gdb.</summary>
internal static class JtagFigures
{
    private const uint Ram = 0x2000_0000;
    private const int Size = 16 * 1024;

    public static IEnumerable<Figure> Of(string board)
    {
        var host = new DapHost(board, hid: false);
        host.ConnectJtag(50_000_000);
        string usb = host.Usb.Speed.ToString().ToLowerInvariant();
        var (write, read) = host.Move(16, depth: 8);
        yield return new(board, usb, "JTAG, CMSIS-DAP: write of RAM", write / 1000, "MB/s");
        yield return new(board, usb, "JTAG, CMSIS-DAP: read of RAM", read / 1000, "MB/s");

        using var session = new GdbSession(board, "stm32f103", "jtag_scan");
        byte[] data = new byte[Size];
        new Random(1).NextBytes(data);
        string image = session.File("ram.srec"), back = session.File("ram.bin");
        SRecord.Write(image, Ram, data);
        session.Log.Clear();
        session.Say($"load {image}");
        yield return new(board, usb, "JTAG, gdb: load into RAM", Speed.Between(session.Log.Packets, Size, p => p.Text.StartsWith('X') && p.Length > 64).KilobytesPerSecond / 1000, "MB/s");
        session.Log.Clear();
        session.Say($"dump binary memory {back} 0x{Ram:x} 0x{Ram + Size:x}");
        yield return new(board, usb, "JTAG, gdb: read of RAM", Speed.Between(session.Log.Packets, Size, p => p.Text.StartsWith('m')).KilobytesPerSecond / 1000, "MB/s");
        if (!System.IO.File.ReadAllBytes(back).AsSpan().SequenceEqual(data)) throw new IOException("what was read is not what was loaded");
    }
}
