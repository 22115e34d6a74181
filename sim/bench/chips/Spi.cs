using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Chips;

/// <summary>
/// SPI of the design with FIFOs as a master: RM0431, chapter "SPI". Frames of 4 to 16 bits are real edges on the pins, all four clock phases and polarities, full duplex, one line, receive only.
/// Not modelled, and a stop when chosen: slave, NSS, TI mode, CRC, DMA, I2S.
/// </summary>
public sealed partial class Spi : Peripheral
{
    /// <summary>Bytes in either FIFO: a frame takes one, or two if it is longer than 8 bits.</summary>
    private const int FifoBytes = 4;

    /// <summary>From the write that starts a transfer to the first edge, in periods of SCK. The manual gives no figure: estimate.</summary>
    private const ulong StartPeriods = 1;

    private readonly Die _die;
    private readonly Func<ulong> _pclk;
    private readonly int _irq;
    private readonly Signal _sck, _mosi, _miso;
    private readonly Queue<uint> _transmit = [], _receive = [];
    private readonly Action _tick;
    private TimeBase.Event? _next;
    private ulong _at, _half;
    private uint _out, _in, _lastRead;
    private int _step, _bits;
    private bool _busy, _stopping, _overrunRead, _irqLevel;
    private (ulong Time, bool Before) _misoChange, _mosiChange;

    /// <param name="name">"SPI5"; signals are named from it.</param>
    /// <param name="die">The chip.</param>
    /// <param name="pclk">Clock of its APB in Hz.</param>
    /// <param name="irq">NVIC input.</param>
    public Spi(string name, Die die, Func<ulong> pclk, int irq) : base(name)
    {
        (_die, _pclk, _irq) = (die, pclk, irq);
        _sck = die.AddSignal(name + "_SCK");
        _mosi = die.AddSignal(name + "_MOSI", idle: false);
        _miso = die.AddSignal(name + "_MISO", idle: false);
        _miso.InputChanged += change => _misoChange = (change.Time, change.After != Level.High);
        _mosi.InputChanged += change => _mosiChange = (change.Time, change.After != Level.High);
        _tick = Tick;
        AddRegisters();
    }

    public override void Reset()
    {
        base.Reset();
        _next?.Cancel();
        _transmit.Clear();
        _receive.Clear();
        (_busy, _stopping, _overrunRead, _lastRead) = (false, false, false, 0);
        DriveIdle();
        Update();
    }

    private bool Enabled => _cr1[6];
    private bool OneLine => _cr1[15];
    private bool ReceivesOnly => OneLine ? !_cr1[14] : _cr1[10];
    private bool TransmitsOnly => OneLine && _cr1[14];
    private int FrameBits => (int)_cr2.Field(8, 4) + 1;
    private int BytesPerFrame => FrameBits > 8 ? 2 : 1;
    private bool IdleLevel => _cr1[1];

    /// <summary>SPE = 0 lets all pins go: their level is the pull resistors' (RM0431, "SPI communication flow").</summary>
    private void DriveIdle()
    {
        _sck.Set(!Enabled ? Drive.None : IdleLevel ? Drive.High : Drive.Low);
        if (!Enabled || ReceivesOnly) _mosi.Set(Drive.None);
        else if (_mosi.Output == Drive.None) _mosi.Set(Drive.Low);   // "undefined until data": low here
    }

    private void Enable()
    {
        if (!_cr1[2]) throw new BenchStop($"{Name}: enabled as a slave, which is not modelled");
        if (!_cr1[9] || !_cr1[8]) throw new BenchStop($"{Name}: enabled as a master without SSM = 1 and SSI = 1; NSS is not modelled");
        if (_pclk() == 0) throw new BenchStop($"{Name} enabled while its bus clock is off");
        DriveIdle();
        if (ReceivesOnly || _transmit.Count > 0) Start();
    }

    /// <summary>
    /// SPE = 0. Sending has to be over and what came in be read; a master that only receives is stopped within its last frame, after the first bit is sampled and before the last bit begins
    /// (RM0431, "Procedure for disabling the SPI").
    /// </summary>
    private void Disable()
    {
        if (!_busy)
        {
            if (_receive.Count > 0) throw new BenchStop($"{Name}: disabled with FRLVL not 0: what was received is lost");
            DriveIdle();
            return;
        }
        if (!ReceivesOnly) throw new BenchStop($"{Name}: disabled while BSY = 1 (wait for FTLVL = 0, then BSY = 0)");
        if (_step < 2 || _step > 2 * (_bits - 1)) throw new BenchStop($"{Name}: a master that only receives is disabled outside of the window of its last frame");
        _stopping = true;
    }

    private void Start()
    {
        _half = (ulong)((UInt128)TimeBase.Second * (1u << (int)_cr1.Field(3, 3)) / _pclk());
        _busy = true;
        _at = _die.Time.Now + StartPeriods * 2 * _half;
        Load();
        Schedule();
    }

    private void Load()
    {
        _bits = FrameBits;
        (_step, _in) = (0, 0);
        if (!ReceivesOnly) _out = _transmit.Dequeue();
    }

    private void Schedule() => _next = _die.Time.At(_at, _tick);

    /// <summary>A half of SCK's period: an edge, a new bit out or a bit in. Bit i begins at step 2i; the last step is the frame's end.</summary>
    private void Tick()
    {
        bool late = _cr1[0];                                           // CPHA: the second edge captures
        int bit = _step >> 1;
        if ((_step & 1) != 0)
        {
            Capture(bit);
            _sck.Set(late == IdleLevel ? Drive.High : Drive.Low, _at);
            if (bit == _bits - 1) Received();
        }
        else if (_step == 2 * _bits)
        {
            if (!late) _sck.Set(IdleLevel ? Drive.High : Drive.Low, _at);
            if (!Continue())
            {
                Update();
                return;
            }
            Put(0);
            if (late) _sck.Set(IdleLevel ? Drive.Low : Drive.High, _at);
        }
        else
        {
            Put(bit);
            if (late) _sck.Set(IdleLevel ? Drive.Low : Drive.High, _at);
            else if (bit > 0) _sck.Set(IdleLevel ? Drive.High : Drive.Low, _at);
        }
        _step++;
        _at += _half;
        Schedule();
        Update();
    }

    /// <summary>The next frame follows without a gap where there is one.</summary>
    private bool Continue()
    {
        if (_stopping || !ReceivesOnly && _transmit.Count == 0)
        {
            (_busy, _stopping) = (false, false);
            if (!Enabled) DriveIdle();
            return false;
        }
        Load();
        return true;
    }

    private int Place(int bit) => _cr1[7] ? bit : _bits - 1 - bit;

    private void Put(int bit)
    {
        if (!ReceivesOnly) _mosi.Set((_out >> Place(bit) & 1) != 0 ? Drive.High : Drive.Low, _at);
    }

    private void Capture(int bit)
    {
        if (TransmitsOnly) return;
        var line = OneLine ? _mosi : _miso;
        var (time, before) = OneLine ? _mosiChange : _misoChange;
        bool level = time > _at ? before : line.Input;                 // a change that is told now may come later on the wire
        if (level) _in |= 1u << Place(bit);
    }

    private void Received()
    {
        if (TransmitsOnly) return;
        if ((_receive.Count + 1) * BytesPerFrame > FifoBytes) _sr[6] = true;
        else _receive.Enqueue(_in);
    }
}
