using SharpProbe.Sim;
using SharpProbe.Tests.UsbHosts;
using SharpProbe.Sim.Usb;
using static SharpProbe.Tests.Otg.OtgRig;

namespace SharpProbe.Tests.Otg;

/// <summary>A polled driver over the rig's registers: a CDC function with the software device's descriptors that echoes what comes. Endpoints: 1 OUT, 2 IN, 3 IN.</summary>
internal sealed class EchoDriver
{
    private const ulong Period = TimeBase.Second / 200_000;

    private readonly OtgRig _rig;
    private readonly Queue<byte[]> _back = [];
    private readonly Queue<Action> _steps = [];
    private byte[] _setup = [], _answer = [], _line = new byte[7];
    private int _answered;
    private bool _sending, _zero;
    private UsbSpeed _speed;

    public EchoDriver(OtgRig rig, uint speed)
    {
        _rig = rig;
        rig.Start(speed);
        uint receive = rig[Grxfsiz], words = speed == 3 ? 16u : 128;
        rig[Dieptxf(2)] = words << 16 | receive + 16;
        rig[Dieptxf(3)] = 16 << 16 | receive + 16 + words;
        rig[Daintmsk] = 0x0003_000D;
        Poll();
    }

    public int Configured { get; private set; }

    private int Max => _speed == UsbSpeed.High ? 512 : 64;

    private void Poll()
    {
        uint flags = _rig[Gintsts];
        if ((flags & Usbrst) != 0) Reset();
        if ((flags & Enumdne) != 0)
        {
            _rig[Gintsts] = Enumdne;
            _speed = (_rig[Dsts] & 6) == 0 ? UsbSpeed.High : UsbSpeed.Full;
        }
        while ((_rig[Gintsts] & Rxflvl) != 0) Take();
        uint daint = _rig[Daint];
        if ((daint & 1) != 0) SentControl();
        if ((daint & 4) != 0) SentBulk();
        if ((daint & 1 << 16) != 0) ReceivedControl();
        if ((daint & 1 << 17) != 0)
        {
            _rig[Doepint(1)] = Xfrc;
            _rig.Receive(1, 1, Max);
        }
        if (_steps.TryDequeue(out var step)) step();
        _rig.Machine.Time.After(Period, Poll);
    }

    private void Reset()
    {
        _rig[Gintsts] = Usbrst;
        _rig[Dcfg] &= ~(127u << 4);
        _rig[Doepctl(0)] = Snak;
        _rig[Doeptsiz(0)] = 3u << 29;
        foreach (int n in new[] { 0, 2, 3 })
            if ((_rig[Diepctl(n)] & Ena) != 0) _rig[Diepctl(n)] |= Dis | Snak;
        _rig[Grstctl] = 0x10 << 6 | 1 << 5 | 1 << 4;
        _back.Clear();
        (_sending, Configured) = (false, 0);
    }

    private void Take()
    {
        var (endpoint, status, data) = _rig.Pop();
        if (status == 6) _setup = data;
        else if (status == 2 && endpoint == 0) data.AsSpan(0, Math.Min(data.Length, 7)).CopyTo(_line);
        else if (status == 2)
        {
            _back.Enqueue(data);
            if (data.Length == Max) _back.Enqueue([]);
            SendNext();
        }
    }

    private void SendNext()
    {
        if (_sending || !_back.TryDequeue(out byte[]? data)) return;
        _sending = true;
        _rig.Send(2, Max, data);
    }

    private void SentBulk()
    {
        _rig[Diepint(2)] = Xfrc;
        _sending = false;
        SendNext();
    }

    private void SentControl()
    {
        _rig[Diepint(0)] = Xfrc;
        SendChunk();
    }

    private void SendChunk()
    {
        int count = Math.Min(64, _answer.Length - _answered);
        if (count == 0 && !_zero) return;
        _zero = count == 64 && _answered + count == _answer.Length && _answer.Length < (_setup[6] | _setup[7] << 8);
        _rig.Send(0, 64, _answer[_answered..(_answered + count)]);
        _answered += count;
    }

    private void ReceivedControl()
    {
        uint flags = _rig[Doepint(0)];
        _rig[Doepint(0)] = flags;
        if ((flags & Stup) != 0) Begin();
        else if ((flags & Xfrc) != 0 && (_setup[0] & 0x80) == 0) _rig.Send(0, 64);
    }

    /// <summary>The answer to a request that the host gave up is taken back first: endpoint stopped, FIFO flushed.</summary>
    private void Begin()
    {
        _steps.Clear();
        if ((_rig[Diepctl(0)] & Ena) != 0)
        {
            _steps.Enqueue(() => _rig[Diepctl(0)] |= Dis | Snak);
            _steps.Enqueue(() => _rig[Grstctl] = 1 << 5);
        }
        _steps.Enqueue(Request);
    }

    private void Request()
    {
        int length = _setup[6] | _setup[7] << 8;
        (_answer, _answered, _zero) = ([], 0, false);
        if ((_setup[0] & 0x80) != 0 && length > 0)
        {
            if (Descriptor() is not { } answer) StallControl();
            else
            {
                _answer = answer[..Math.Min(answer.Length, length)];
                _rig.Receive(0, 1, 64);
                SendChunk();
            }
        }
        else if (length > 7) StallControl();
        else if (length > 0) _rig.Receive(0, 1, 64);
        else
        {
            if (_setup[0] == 0 && _setup[1] == 5) _rig[Dcfg] |= (uint)_setup[2] << 4;
            if (_setup[0] == 0 && _setup[1] == 9) Configure();
            _rig.Send(0, 64);
        }
    }

    private void StallControl()
    {
        _rig[Diepctl(0)] |= Stall;
        _rig[Doepctl(0)] |= Stall;
    }

    private void Configure()
    {
        Configured++;
        _rig[Doepctl(1)] = Data0 | Snak | Bulk | Aep | (uint)Max;
        _rig[Diepctl(2)] = Data0 | Snak | 2 << 22 | Bulk | Aep | (uint)Max;
        _rig[Diepctl(3)] = Data0 | Snak | 3 << 22 | 3 << 18 | Aep | 16;
        _rig.Receive(1, 1, Max);
    }

    private byte[]? Descriptor() => (_setup[0], _setup[1], _setup[3]) switch
    {
        (0xA1, 0x21, _) => _line,
        (0x80, 6, 1) => FakeDevice.DeviceDescriptor,
        (0x80, 6, 2) => FakeDevice.ConfigurationDescriptor(_speed, 2),
        (0x80, 6, 3) => FakeDevice.Text(_setup[2]),
        (0x80, 6, 6) when _speed == UsbSpeed.High => [10, 6, 0x01, 0x02, 0xEF, 2, 1, 64, 1, 0],
        (0x80, 6, 7) when _speed == UsbSpeed.High => FakeDevice.ConfigurationDescriptor(UsbSpeed.Full, 7),
        (0x80, 6, 15) => [5, 15, 12, 0, 1, 7, 16, 2, 0, 0, 0, 0],
        _ => null,
    };
}
