using SharpProbe.Conformance;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Targets;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli.Conform;

/// <summary>A board with its own firmware, an STM32F103 at its pins, and a host that uses one of its CMSIS-DAP interfaces.</summary>
public sealed class BenchTransport : IDapTransport
{
    private const ulong Millisecond = TimeBase.Second / 1000, Step = Millisecond / 50;

    /// <summary>As drivers have it: so many reads wait for answers.</summary>
    private const int Reads = 4;

    private readonly Queue<byte[]> _came = [];
    private readonly List<UsbTransfer> _reads = [];
    private readonly bool _hid;
    private int _out, _in, _packet, _session;

    /// <param name="board">Its firmware is the one in out/.</param>
    /// <param name="elf">Another image than that.</param>
    public BenchTransport(string board, bool hid, UsbSpeed port = UsbSpeed.High, string? elf = null)
    {
        (_hid, Name) = (hid, $"the bench, {board}, {(hid ? "HID" : "bulk")}");
        Machine = new(BoardList.Find(board));
        Machine.Load(ElfFile.Read(elf ?? BuiltFile.Elf(board)));
        // Some cases stop in the middle of an answer: both ends drive for a moment, as they would on a desk.
        Machine.Nets.ConflictStops = false;
        new Stm32F103(Machine, TargetKind.Clone).Connect();
        Host = new(Machine.Time, port) { Debounce = 10 * Millisecond, ResetTime = 10 * Millisecond };
        Run(20 * Millisecond);
        Host.Plug(Machine.Usb);
        Enumerate();
    }

    public Machine Machine { get; }
    public UsbHost Host { get; }
    public string Name { get; }
    public bool KeepsLength => !_hid;
    public TimeSpan Now => TimeSpan.FromSeconds(Machine.Time.Now / (double)TimeBase.Second);

    public void Send(ReadOnlySpan<byte> request)
    {
        byte[] bytes = _hid ? [.. request, .. new byte[_packet - request.Length]] : request.ToArray();
        Host.Transfer(_out, bytes);
    }

    public byte[]? Receive(TimeSpan timeout)
    {
        for (ulong end = Machine.Time.Now + (ulong)(timeout.TotalSeconds * TimeBase.Second); _came.Count == 0 && Machine.Time.Now < end;) Run(Step);
        return _came.TryDequeue(out byte[]? answer) ? answer : null;
    }

    /// <summary>The old driver's reads and answers are forgotten; those that the device still has are not.</summary>
    public void Reopen()
    {
        _session++;
        foreach (UsbTransfer read in _reads.ToArray()) Host.Cancel(read);
        _reads.Clear();
        _came.Clear();
        Listen();
    }

    public void Dispose() { }

    private void Run(ulong time)
    {
        Machine.RunFor(time);
        if (Machine.Stopped is { } stop) throw new TransportLost($"the bench stopped: {stop.Message} at 0x{stop.Pc:X8}");
    }

    private void Enumerate()
    {
        for (int i = 0; i < 1000 && !Host.IsConfigured; i++) Run(Millisecond);
        if (!Host.IsConfigured) throw new TransportLost($"{Name}: not configured: {string.Join("; ", Host.Findings.All)}");
        foreach (UsbInterface i in Host.Identity.Configuration!.Interfaces)
        {
            if (i.Class != (_hid ? 0x03 : 0xFF) || !Host.Identity.Text(i.Text).Contains("CMSIS-DAP")) continue;
            (_out, _in) = (i.Endpoints.First(e => !e.IsIn).Address, i.Endpoints.First(e => e.IsIn).Address);
            _packet = i.Endpoints[0].MaxPacket;
        }
        if (_out == 0) throw new TransportLost($"{Name}: no such interface");
        Listen();
    }

    private void Listen()
    {
        for (int i = 0; i < Reads; i++) Fetch(_session);
    }

    private void Fetch(int session)
    {
        UsbTransfer? mine = null;
        mine = Host.Transfer(_in, new byte[_packet], t =>
        {
            if (mine is not null) _reads.Remove(mine);
            if (t.Status != UsbTransferStatus.Ok || session != _session) return;
            _came.Enqueue(t.Data.ToArray());
            Fetch(session);
        });
        _reads.Add(mine);
    }
}
