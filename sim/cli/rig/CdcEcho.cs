using System.Text;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Usb;
using SharpProbe.Sim.View;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>
/// A probe with its own firmware whose UART port sends back what it gets (command "usb_echo"), and a program at the host that writes without pause and reads everything back, as through Linux's
/// cdc_acm. Now and then the program stops reading, or writing, for a while, at moments that follow from a seed.
/// </summary>
public sealed class CdcEcho
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = TimeBase.Second / 1000, Slice = 20 * Microsecond;
    private const string Console = "Micropython", Uart = "Black Magic UART Port";

    private readonly int _seed;
    private readonly Random _data, _check, _stalls;
    private readonly CabledProbe _probe;
    private readonly CdcPort _port;
    private readonly byte[] _expected = new byte[16 * 1024], _got = new byte[16 * 1024], _piece = new byte[2048];

    /// <param name="board">Its firmware is the one in out/.</param>
    /// <param name="port">Of the host's port.</param>
    public CdcEcho(string board, UsbSpeed port, int seed)
    {
        (_seed, _data, _check, _stalls) = (seed, new(seed), new(seed), new(seed + 1));
        _probe = new(board, port);
        _probe.Plug();
        var console = Host.Cdc(Console);
        console.Open();
        Run(5 * Millisecond);
        console.Write("usb_echo\r"u8);
        Run(10 * Millisecond);
        string said = Encoding.ASCII.GetString(console.ReadAll());
        if (!said.Contains("DTR", StringComparison.Ordinal)) throw new IOException($"the probe does not know usb_echo: {said}");
        console.Close();
        _port = Host.Cdc(Uart);
        _port.Open();
        Run(5 * Millisecond);
    }

    public Machine Machine => _probe.Machine;
    public UsbHost Host => _probe.Host;

    /// <summary>Bytes that came back right, and how long that took, in femtoseconds.</summary>
    public long Bytes { get; private set; }
    public ulong Duration { get; private set; }

    /// <summary>How often the program paused, and for how long in all, in femtoseconds.</summary>
    public int Stalls { get; private set; }
    public ulong Stalled { get; private set; }

    /// <summary>MB/s each way.</summary>
    public double MegabytesPerSecond => Bytes / (Duration / 1e15) / 1e6;

    /// <summary>Counts cycles by function from here on.</summary>
    public Profile Profile() => _probe.Profile();

    /// <summary>Passes so many bytes there and back. Null: all came back as they were; else what went wrong.</summary>
    /// <param name="stalls">The program pauses about every 5 ms, for up to 5 ms; at full speed ten times as rarely and as long.</param>
    public string? Pass(long bytes, bool stalls)
    {
        bool high = Host.Speed == UsbSpeed.High;
        // What the program keeps in the tty, and how its pauses stretch: they shall be longer than what is under way lasts.
        int ahead = high ? 32 * 1024 : 4096;
        ulong pace = high ? 1u : 10u;
        ulong start = Machine.Time.Now, progress = start, next = start, readsAgain = 0, writesAgain = 0;
        long written = 0;
        while (Bytes < bytes)
        {
            ulong now = Machine.Time.Now;
            if (stalls && now >= next)
            {
                ulong length = pace * (ulong)_stalls.Next(50, 5000) * Microsecond;
                if (_stalls.Next(2) == 0) readsAgain = now + length;
                else writesAgain = now + length;
                next = now + length + pace * (ulong)_stalls.Next(1000, 9000) * Microsecond;
                (Stalls, Stalled) = (Stalls + 1, Stalled + length);
            }
            _port.Stalled = now < readsAgain;
            if (!_port.Stalled)
            {
                for (int count; (count = _port.Read(_got)) > 0; progress = now)
                {
                    _check.NextBytes(_expected.AsSpan(0, count));
                    int same = _got.AsSpan(0, count).CommonPrefixLength(_expected.AsSpan(0, count));
                    Bytes += same;
                    if (same < count) return $"seed {_seed}: byte {Bytes} comes back as 0x{_got[same]:X2}, and was 0x{_expected[same]:X2}";
                }
            }
            if (now >= writesAgain)
                for (; written < bytes && _port.BytesQueued < ahead; written += _piece.Length)
                {
                    _data.NextBytes(_piece);
                    _port.Write(_piece);
                }
            if (now - progress > 200 * Millisecond) return $"seed {_seed}: nothing comes back after {Bytes} bytes; {_port.BytesSent} were taken";
            Run(Slice);
            if (Machine.Stopped is { } stop) return stop.Message;
        }
        Duration = _port.LastReceived - start;
        return Host.Findings.All.Count > 0 ? string.Join("; ", Host.Findings.All) : null;
    }

    private void Run(ulong duration) => Machine.RunFor(duration);
}
