using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Qemu;

/// <summary>A QEMU process with one of Arm's MPS2 boards, stopped at reset with an image at address 0, and the connection to its gdb port.</summary>
internal sealed class QemuProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="kind">Cortex-M3, M4 (FPv4-SP) or M7 (FPv5-D16, also where doubles are not asked for).</param>
    /// <param name="image">What is in memory from address 0 when the core fetches its first vector.</param>
    public QemuProcess(CoreKind kind, ReadOnlySpan<byte> image)
    {
        int port = FreePort();
        string file = Path.Combine(Path.GetTempPath(), $"sharpprobe-qemu-{Environment.ProcessId}-{port}.bin");
        File.WriteAllBytes(file, image);
        try
        {
            _process = Process.Start(new ProcessStartInfo("qemu-system-arm")
            {
                ArgumentList =
                {
                    "-M", Board(kind), "-display", "none", "-monitor", "none", "-serial", "none", "-S", "-gdb", $"tcp:127.0.0.1:{port}",
                    "-device", $"loader,file={file},addr=0,force-raw=on",
                },
                RedirectStandardError = true,
            })!;
            Gdb = Connect(port);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new QemuMissingException();
        }
        finally
        {
            File.Delete(file);
        }
    }

    public GdbRemote Gdb { get; }

    // Boards that differ in the core only.
    private static string Board(CoreKind kind) => kind switch
    {
        CoreKind.CortexM3 => "mps2-an385",
        CoreKind.CortexM4 => "mps2-an386",
        CoreKind.CortexM7 or CoreKind.CortexM7Double => "mps2-an500",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), $"QEMU has no machine to compare a {kind} with"),
    };

    /// <summary>What QEMU wrote before it ended by itself, or null while it runs. It aborts on lockup, for one.</summary>
    public string? LastWords => _process.WaitForExit(500) ? _process.StandardError.ReadToEnd() : null;

    public void Dispose()
    {
        Gdb.Dispose();
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private GdbRemote Connect(int port)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return new GdbRemote(port);
            }
            catch (SocketException) when (attempt < 600 && !_process.HasExited)
            {
                Thread.Sleep(50);
            }
            catch (SocketException)
            {
                bool ended = _process.HasExited;
                if (!ended) _process.Kill();
                throw new IOException("QEMU does not answer on its gdb port: " + (ended ? _process.StandardError.ReadToEnd() : "not ready after 30 s"));
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
