namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>
/// UART0 and UARTE0 of the nRF52832, one block with two faces (Product Specification, "UART" and "UARTE"): ENABLE 4 moves bytes by RXD and TXD, 8 by EasyDMA. Any pin by PSEL. Flow control,
/// shortcuts and SUSPEND are not modelled.
/// </summary>
public sealed class UarteNrf52 : NordicBlock
{
    private const uint ByRegister = 4, ByDma = 8, NotConnected = 1u << 31, Parity = 7 << 1;
    private const int FifoDepth = 6, Id = 2;
    private const uint Overrun = 1, ParityError = 2, Framing = 4;

    // BAUDRATE holds rate * 2^32 / 16 MHz, rounded in more than one way; these are the rates that the manual lists.
    private static readonly uint[] Rates = [1200, 2400, 4800, 9600, 14400, 19200, 28800, 31250, 38400, 56000, 57600, 76800, 115200, 230400, 250000, 460800, 921600, 1000000];

    private readonly Die _die;
    private readonly GpioNrf52 _port;
    private readonly Pins.Signal _txSignal, _rxSignal;
    private readonly UsartTransmitter _tx;
    private readonly UsartReceiver _rx;
    private readonly Queue<uint> _fifo = [];
    private readonly Register _enable, _pselTxd, _pselRxd, _baud, _config, _errors;
    private readonly Register _rxdPtr, _rxdMax, _rxdAmount, _txdPtr, _txdMax, _txdAmount;
    private readonly Register _rxReady, _endRx, _txReady, _endTx, _error, _rxTimeout, _rxStarted, _txStarted, _txStopped;
    private bool _sending, _receiving;
    private int _txPin = -1, _rxPin = -1;

    public UarteNrf52(Die die, GpioNrf52 port) : base("UARTE0", die, Id, enables: 0x005A_0397)
    {
        (_die, _port) = (die, port);
        (_txSignal, _rxSignal) = (die.AddSignal("UART_TXD"), die.AddSignal("UART_RXD"));
        (_tx, _rx) = (new(die.Time, _txSignal), new(die.Time, _rxSignal));
        AddTask("STARTRX", 0x000, StartReceiving);
        AddTask("STOPRX", 0x004, StopReceiving);
        AddTask("STARTTX", 0x008, StartSending);
        AddTask("STOPTX", 0x00C, StopSending);
        AddTask("FLUSHRX", 0x02C, () => { });
        AddEvent("CTS", 0x100);
        AddEvent("NCTS", 0x104);
        _rxReady = AddEvent("RXDRDY", 0x108);
        _endRx = AddEvent("ENDRX", 0x110);
        _txReady = AddEvent("TXDRDY", 0x11C);
        _endTx = AddEvent("ENDTX", 0x120);
        _error = AddEvent("ERROR", 0x124);
        _rxTimeout = AddEvent("RXTO", 0x144);
        _rxStarted = AddEvent("RXSTARTED", 0x14C);
        _txStarted = AddEvent("TXSTARTED", 0x150);
        _txStopped = AddEvent("TXSTOPPED", 0x158);
        Add(new() { Name = "SHORTS", Offset = 0x200, WriteMask = 0x78, ReadMask = 0x78, Unmodelled = [new("SHORTS", 0x78)] });
        _errors = Add(new() { Name = "ERRORSRC", Offset = 0x480, ReadMask = 0xF, WriteMask = 0, ClearByOne = 0xF });
        _enable = Add(new() { Name = "ENABLE", Offset = 0x500, ReadMask = 0xF, WriteMask = 0xF, OnWrite = (_, _) => Apply() });
        Add(Psel("PSEL.RTS", 0x508));
        _pselTxd = Add(Psel("PSEL.TXD", 0x50C));
        Add(Psel("PSEL.CTS", 0x510));
        _pselRxd = Add(Psel("PSEL.RXD", 0x514));
        Add(new() { Name = "RXD", Offset = 0x518, ReadMask = 0xFF, WriteMask = 0, OnRead = TakeByte, OnWrite = (_, _) => { } });
        Add(new() { Name = "TXD", Offset = 0x51C, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => { if (_sending) _tx.Write(v & 0xFF); } });
        _baud = Add(new() { Name = "BAUDRATE", Offset = 0x524, Reset = 0x0400_0000, OnWrite = (_, _) => Apply() });
        _rxdPtr = Add(new() { Name = "RXD.PTR", Offset = 0x534 });
        _rxdMax = Add(new() { Name = "RXD.MAXCNT", Offset = 0x538, ReadMask = 0xFF, WriteMask = 0xFF });
        _rxdAmount = Add(new() { Name = "RXD.AMOUNT", Offset = 0x53C, ReadMask = 0xFF, WriteMask = 0, OnWrite = (_, _) => { } });
        _txdPtr = Add(new() { Name = "TXD.PTR", Offset = 0x544 });
        _txdMax = Add(new() { Name = "TXD.MAXCNT", Offset = 0x548, ReadMask = 0xFF, WriteMask = 0xFF });
        _txdAmount = Add(new() { Name = "TXD.AMOUNT", Offset = 0x54C, ReadMask = 0xFF, WriteMask = 0, OnWrite = (_, _) => { } });
        _config = Add(new() { Name = "CONFIG", Offset = 0x56C, ReadMask = 0x1F, WriteMask = 0x1F, Unmodelled = [new("HWFC", 1)], OnWrite = (_, _) => Apply() });
        _tx.Sent += (_, _) => Sent();
        _rx.Received += Take;
    }

    public override void Reset()
    {
        base.Reset();
        Stop();
    }

    private Register Psel(string name, uint offset) => new()
    {
        Name = name, Offset = offset, Reset = uint.MaxValue, ReadMask = NotConnected | 0x1F, WriteMask = NotConnected | 0x1F, LockMask = uint.MaxValue, LockedBy = () => _enable.Value == 0 ? null : "ENABLE is not 0",
    };

    private void Apply()
    {
        if (_enable.Value is not (ByRegister or ByDma))
        {
            Stop();
            return;
        }
        uint asked = (uint)(((ulong)_baud.Value * 16_000_000) >> 32);
        uint rate = Rates.MinBy(r => Math.Abs((int)(r - asked)));
        _tx.Format = _rx.Format = new(TimeBase.Second / rate, (_config.Value & Parity) != 0 ? 9 : 8, (_config.Value & Parity) != 0, Odd: false, _config[4] ? 4 : 2, MsbFirst: false, 16, OneSample: false);
        Route(ref _txPin, _pselTxd, _txSignal);
        Route(ref _rxPin, _pselRxd, _rxSignal);
        if (!_tx.Enabled) _tx.Enable();
    }

    private void Stop()
    {
        _tx.Abort();
        _rx.Disable();
        _fifo.Clear();
        (_sending, _receiving) = (false, false);
        if (_txPin >= 0) _port.Route(_txPin, null);
        if (_rxPin >= 0) _port.Route(_rxPin, null);
        _txPin = _rxPin = -1;
    }

    private void Route(ref int pin, Register psel, Pins.Signal signal)
    {
        if (pin >= 0 || (psel.Value & NotConnected) != 0) return;
        pin = (int)(psel.Value & 0x1F);
        _port.Route(pin, signal);
    }

    private bool Dma => _enable.Value == ByDma;

    private void StartSending()
    {
        if (_enable.Value == 0) return;
        _sending = true;
        if (!Dma) return;
        _txdAmount.Value = 0;
        Raise(_txStarted);
        SendNext();
    }

    private void SendNext()
    {
        if (_txdAmount.Value < _txdMax.Value) _tx.Write(_die.Bus.Read(_txdPtr.Value + _txdAmount.Value, 1));
        else
        {
            _sending = false;
            Raise(_endTx);
        }
    }

    private void Sent()
    {
        Raise(_txReady);
        if (!Dma || !_sending) return;
        _txdAmount.Value++;
        SendNext();
    }

    private void StopSending()
    {
        _sending = false;
        if (Dma) Raise(_txStopped);
    }

    private void StartReceiving()
    {
        if (_enable.Value == 0) return;
        (_receiving, _rxdAmount.Value) = (true, 0);
        if (!_rx.Enabled) _rx.Enable();
        if (Dma) Raise(_rxStarted);
    }

    private void StopReceiving()
    {
        if (!_receiving) return;
        _receiving = false;
        _rx.Disable();
        if (Dma) Raise(_endRx);
        Raise(_rxTimeout);
    }

    private void Take(UsartReceived frame)
    {
        uint error = (frame.ParityError ? ParityError : 0) | (frame.FramingError ? Framing : 0);
        if (Dma)
        {
            if (_rxdAmount.Value >= _rxdMax.Value) error |= Overrun;
            else
            {
                _die.Bus.Write(_rxdPtr.Value + _rxdAmount.Value, frame.Data & 0xFF, 1);
                _rxdAmount.Value++;
                Raise(_rxReady);
                if (_rxdAmount.Value == _rxdMax.Value) Raise(_endRx);
            }
        }
        else if (_fifo.Count == FifoDepth) error |= Overrun;
        else
        {
            _fifo.Enqueue(frame.Data & 0xFF);
            if (_fifo.Count == 1) Raise(_rxReady);
        }
        if (error == 0) return;
        _errors.Value |= error;
        Raise(_error);
    }

    /// <summary>RXD: the next byte, whose predecessor's RXDRDY software has cleared, announces itself again.</summary>
    private uint TakeByte()
    {
        uint value = _fifo.TryDequeue(out uint taken) ? taken : 0;
        if (_fifo.Count > 0) Raise(_rxReady);
        return value;
    }
}
