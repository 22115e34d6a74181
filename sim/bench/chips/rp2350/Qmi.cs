using SharpProbe.Sim.Chips.Rp2040;

namespace SharpProbe.Sim.Chips.Rp2350;

/// <summary>
/// The QSPI memory interface (RP2350 datasheet 12.14): direct mode by its two FIFOs, or the flash as memory by serial read commands. One data line each way, chip select 0; two and four lines, the second
/// chip select, address translation and 16-bit records stop the bench.
/// </summary>
public sealed class Qmi : Peripheral
{
    private const int Depth = 4;
    private const uint En = 1, AssertCs0 = 4, AutoCs0 = 1 << 6, Writable = 0xFFC0_00CD, NoPush = 1 << 20, SerialRead = 0x1000, FastRead = 0x2_1000;

    private readonly TimeBase _time;
    private readonly SpiFlash _flash;
    private readonly Queue<uint> _tx = new();
    private readonly Queue<byte> _rx = new();
    private readonly Register _csr, _format, _command;
    private readonly Register[] _translations = new Register[8];
    private ulong _next;

    public Qmi(TimeBase time, SpiFlash flash) : base("QMI")
    {
        (_time, _flash) = (time, flash);
        _csr = Add(new() { Name = "DIRECT_CSR", Offset = 0x00, Reset = 0x0180_0000, WriteMask = Writable, Unmodelled = [new("chip select 1", 0x88)], OnRead = Status, OnWrite = (_, _) => Changes() });
        Add(new() { Name = "DIRECT_TX", Offset = 0x04, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => Put(v) });
        Add(new() { Name = "DIRECT_RX", Offset = 0x08, ReadMask = 0xFFFF, WriteMask = 0, OnRead = Take, OnWrite = (_, _) => { } });
        for (uint window = 0; window < 2; window++)
        {
            uint at = 0x0C + window * 0x14;
            Add(new() { Name = $"M{window}_TIMING", Offset = at, Reset = 0x4000_0004, ReadMask = 0xF3FF_F7FF, WriteMask = 0xF3FF_F7FF });
            var format = Add(new() { Name = $"M{window}_RFMT", Offset = at + 4, Reset = SerialRead, ReadMask = 0x1007_D3FF, WriteMask = 0x1007_D3FF, OnWrite = (_, _) => Changes() });
            var command = Add(new() { Name = $"M{window}_RCMD", Offset = at + 8, Reset = 0xA003, ReadMask = 0xFFFF, WriteMask = 0xFFFF, OnWrite = (_, _) => Changes() });
            Add(new() { Name = $"M{window}_WFMT", Offset = at + 12, Reset = SerialRead, ReadMask = 0x1007_D3FF, WriteMask = 0x1007_D3FF });
            Add(new() { Name = $"M{window}_WCMD", Offset = at + 16, Reset = 0xA002, ReadMask = 0xFFFF, WriteMask = 0xFFFF });
            if (window == 0) (_format, _command) = (format, command);
        }
        for (uint i = 0; i < 8; i++) _translations[i] = Add(new() { Name = $"ATRANS{i}", Offset = 0x34 + i * 4, Reset = 0x0400_0000 | (i & 3) * 0x400, ReadMask = 0x07FF_0FFF, WriteMask = 0x07FF_0FFF, OnWrite = (_, _) => Changes() });
        if (_format is null || _command is null) throw new InvalidOperationException();
    }

    /// <summary>clk_sys in Hz.</summary>
    public Func<ulong> Hertz { get; init; } = () => 11_000_000;

    /// <summary>Pads and pins lead to the flash.</summary>
    public Func<bool> IsConnected { get; set; } = () => false;

    /// <summary>Direct mode: the window is a bus error.</summary>
    public bool IsDirect => (_csr.Value & En) != 0;

    /// <summary>Read commands 03h or 0Bh by one line: the only way to execute in place that is modelled.</summary>
    public bool IsSerialRead => _format.Value == SerialRead && (_command.Value & 0xFF) == 0x03 || _format.Value == FastRead && (_command.Value & 0xFF) == 0x0B;

    /// <summary>Runtime addresses are those of the flash.</summary>
    public bool IsUntranslated => _translations.All(r => r.Value == r.Reset);

    /// <summary>What the window depends on may have changed.</summary>
    public event Action? Changed;

    public override void Reset()
    {
        base.Reset();
        _tx.Clear();
        _rx.Clear();
        Changes();
    }

    public override uint Read(uint offset, int width)
    {
        Advance();
        return base.Read(offset, width);
    }

    private void Changes()
    {
        Advance();
        UpdateSelect();
        Changed?.Invoke();
    }

    private uint Status() => _csr.Value & Writable | (uint)_rx.Count << 18 | (_rx.Count == Depth ? 1u << 17 : 0) | (_rx.Count == 0 ? 1u << 16 : 0) | (uint)_tx.Count << 12 | (_tx.Count == 0 ? 1u << 11 : 0) | (_tx.Count == Depth ? 1u << 10 : 0) | (_tx.Count > 0 ? 2u : 0);

    private uint Take() => _rx.TryDequeue(out byte value) ? value : 0u;

    private void Put(uint value)
    {
        Advance();
        if ((value & 7 << 16) != 0) throw new BenchStop($"QMI.DIRECT_TX = 0x{value:X8}: only bytes by one line are modelled");
        if (_tx.Count == Depth) return;
        if (_tx.Count == 0) _next = _time.Now + Frame;
        _tx.Enqueue(value);
        UpdateSelect();
    }

    private ulong Frame => (ulong)((UInt128)TimeBase.Second * 8 * (_csr.Field(22, 8) is 0 ? 256 : _csr.Field(22, 8)) / Hertz());

    /// <summary>Moves the frames that are over by now; none begins while the other FIFO is full.</summary>
    private void Advance()
    {
        while (_tx.Count > 0 && IsDirect && _rx.Count < Depth && _next <= _time.Now)
        {
            uint record = _tx.Dequeue();
            byte answer = IsConnected() ? _flash.Exchange((byte)record) : (byte)0;
            _next = (_rx.Count == Depth - 1 ? _time.Now : _next) + Frame;
            if ((record & NoPush) == 0) _rx.Enqueue(answer);
        }
        UpdateSelect();
    }

    private void UpdateSelect() => _flash.Selected = IsConnected() && ((_csr.Value & AssertCs0) != 0 || (_csr.Value & AutoCs0) != 0 && _tx.Count > 0);
}
