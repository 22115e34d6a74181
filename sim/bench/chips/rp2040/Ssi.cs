namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>
/// The synchronous serial interface to the flash (RP2040 datasheet 4.10; Synopsys DW_apb_ssi): bytes both ways by its FIFOs, or the flash as memory. Frames of 8 bits, one line each way; dual and
/// quad formats, DMA and other frame sizes in manual transfers stop the bench.
/// </summary>
public sealed class Ssi : Peripheral
{
    private const int Depth = 16;
    private const uint Busy = 1, TxNotFull = 2, TxEmpty = 4, RxNotEmpty = 8, RxFull = 16, RxOverflow = 8;
    private const uint SendAndReceive = 0, SendOnly = 1, EepromRead = 3, ByteFrame = 7;

    private readonly TimeBase _time;
    private readonly SpiFlash _flash;
    private readonly Queue<byte> _tx = new(), _rx = new();
    private readonly Register _ctrlr0, _enable, _ser, _baud, _raw, _spi;
    private ulong _next;

    public Ssi(Die die, SpiFlash flash) : base("XIP_SSI")
    {
        (_time, _flash) = (die.Time, flash);
        _ctrlr0 = Add(Setting("CTRLR0", 0x00, 0x017F_FFFF));
        Add(Setting("CTRLR1", 0x04, 0xFFFF));
        _enable = Add(new() { Name = "SSIENR", Offset = 0x08, ReadMask = 1, WriteMask = 1, OnWrite = (_, _) => Enable() });
        Add(Setting("MWCR", 0x0C, 7));
        _ser = Add(new() { Name = "SER", Offset = 0x10, ReadMask = 1, WriteMask = 1, OnWrite = (_, _) => { Advance(); Changed?.Invoke(); } });
        _baud = Add(Setting("BAUDR", 0x14, 0xFFFF));
        Add(new() { Name = "TXFTLR", Offset = 0x18, ReadMask = 0xFF, WriteMask = 0xFF });
        Add(new() { Name = "RXFTLR", Offset = 0x1C, ReadMask = 0xFF, WriteMask = 0xFF });
        Add(State("TXFLR", 0x20, () => (uint)_tx.Count));
        Add(State("RXFLR", 0x24, () => (uint)_rx.Count));
        Add(State("SR", 0x28, Status));
        Add(new() { Name = "IMR", Offset = 0x2C, ReadMask = 0x3F, WriteMask = 0x3F, Unmodelled = [new("interrupt mask", 0x3F)] });
        Add(State("ISR", 0x30, () => 0));
        _raw = Add(new() { Name = "RISR", Offset = 0x34, ReadMask = 0x3F, WriteMask = 0, OnWrite = (_, _) => { } });
        foreach (var (name, offset) in (ReadOnlySpan<(string, uint)>)[("TXOICR", 0x38), ("RXOICR", 0x3C), ("RXUICR", 0x40), ("MSTICR", 0x44), ("ICR", 0x48)]) Add(State(name, offset, ClearRaw));
        Add(new() { Name = "DMACR", Offset = 0x4C, ReadMask = 3, WriteMask = 3, Unmodelled = [new("DMA", 3)] });
        Add(new() { Name = "DMATDLR", Offset = 0x50, ReadMask = 0xFF, WriteMask = 0xFF });
        Add(new() { Name = "DMARDLR", Offset = 0x54, ReadMask = 0xFF, WriteMask = 0xFF });
        Add(State("IDR", 0x58, () => 0x5153_5049));
        Add(State("SSI_VERSION_ID", 0x5C, () => 0x3430_312A));
        Add(new() { Name = "DR0", Offset = 0x60, WriteMask = 0, OnRead = Take, OnWrite = (_, v) => Put(v) });
        Add(new() { Name = "RX_SAMPLE_DLY", Offset = 0xF0, ReadMask = 0xFF, WriteMask = 0xFF });
        _spi = Add(Setting("SPI_CTRLR0", 0xF4, 0xFF07_FB3F, 0x0300_0000));
        Add(new() { Name = "TXD_DRIVE_EDGE", Offset = 0xF8, ReadMask = 0xFF, WriteMask = 0xFF });
    }

    /// <summary>clk_sys in Hz.</summary>
    public Func<ulong> Hertz { get; init; } = () => 6_500_000;

    /// <summary>The pins' override of chip select; null: the interface has it.</summary>
    public bool? ForcedSelect
    {
        get;
        set
        {
            Advance();
            field = value;
            UpdateSelect();
            Changed?.Invoke();
        }
    }

    /// <summary>Reads of the window become command 03h with 24 bits of address, 32 bits of data: the only way to execute in place that is modelled.</summary>
    public bool IsMemory => _enable[0] && _ser[0] && ForcedSelect is null && _ctrlr0.Field(8, 2) == EepromRead && _ctrlr0.Field(16, 5) == 31 && _ctrlr0.Field(21, 2) == 0 && (_spi.Value & 0xFF00_033C) == 0x0300_0218;

    /// <summary>What <see cref="IsMemory"/> depends on may have changed.</summary>
    public event Action? Changed;

    public override void Reset()
    {
        base.Reset();
        _tx.Clear();
        _rx.Clear();
        UpdateSelect();
        Changed?.Invoke();
    }

    private static Register State(string name, uint offset, Func<uint> value) => new() { Name = name, Offset = offset, WriteMask = 0, OnRead = value, OnWrite = (_, _) => { } };

    /// <summary>May only change while SSIENR is 0.</summary>
    private Register Setting(string name, uint offset, uint mask, uint reset = 0) => new()
    {
        Name = name, Offset = offset, Reset = reset, ReadMask = mask, WriteMask = mask, LockMask = mask, LockedBy = () => _enable![0] ? "SSIENR = 1" : null,
    };

    private void Enable()
    {
        Advance();
        if (!_enable[0])
        {
            _tx.Clear();
            _rx.Clear();
        }
        UpdateSelect();
        Changed?.Invoke();
    }

    private uint Status()
    {
        Advance();
        return (_tx.Count > 0 ? Busy : 0) | (_tx.Count < Depth ? TxNotFull : 0) | (_tx.Count == 0 ? TxEmpty : 0) | (_rx.Count > 0 ? RxNotEmpty : 0) | (_rx.Count == Depth ? RxFull : 0);
    }

    public override uint Read(uint offset, int width)
    {
        Advance();
        // The data register is at 36 addresses.
        return base.Read(offset is >= 0x60 and < 0xF0 ? 0x60 : offset, width);
    }

    public override void Write(uint offset, uint value, int width) => base.Write(offset is >= 0x60 and < 0xF0 ? 0x60 : offset, value, width);

    private uint ClearRaw()
    {
        _raw.Value = 0;
        return 0;
    }

    private uint Take() => _rx.TryDequeue(out byte value) ? value : 0u;

    private void Put(uint value)
    {
        Advance();
        if (!_enable[0] || _tx.Count == Depth) return;
        uint mode = _ctrlr0.Field(8, 2);
        if (mode is not (SendAndReceive or SendOnly) || _ctrlr0.Field(16, 5) != ByteFrame || _ctrlr0.Field(21, 2) != 0) throw new BenchStop($"XIP_SSI.DR0 written with CTRLR0 = 0x{_ctrlr0.Value:X8}: only bytes in modes 0 and 1 are modelled");
        if (_tx.Count == 0) _next = _time.Now + Frame;
        _tx.Enqueue((byte)value);
        UpdateSelect();
    }

    private ulong Frame => (ulong)((UInt128)TimeBase.Second * 8 * Math.Max(_baud.Value & ~1u, 2) / Hertz());

    /// <summary>Moves the frames that are over by now.</summary>
    private void Advance()
    {
        while (_tx.Count > 0 && _ser[0] && _next <= _time.Now)
        {
            byte answer = _flash.Exchange(_tx.Dequeue());
            _next += Frame;
            if (_ctrlr0.Field(8, 2) == SendOnly) continue;
            if (_rx.Count < Depth) _rx.Enqueue(answer);
            else _raw.Value |= RxOverflow;
        }
        UpdateSelect();
    }

    private void UpdateSelect() => _flash.Selected = ForcedSelect ?? _enable[0] && _ser[0] && _tx.Count > 0;
}
