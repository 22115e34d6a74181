namespace SharpProbe.Sim.Adi;

/// <summary>Watches SWDIO for the sequences that switch between wire protocols (IHI 0031E, chapter B5), and counts line resets.</summary>
/// <param name="knowsDormant">DPv2. Older ports know only the two 16-bit sequences between JTAG and SWD.</param>
sealed class SwjSelector(bool knowsDormant)
{
    /// <summary>High clocks that make a line reset.</summary>
    public const int ResetClocks = 50;

    // All sequences first bit in bit 0. Each begins with a low bit, and is preceded by a number of high ones.
    private const uint JtagToSwd = 0xE79E, SwdToJtag = 0xE73C, SwdToDormant = 0xE3BC, JtagToDormant = 0x33BBBBBA;
    private const uint ActivateSwDp = 0x1A, ActivateJtagDp = 0x0A;
    private const int AlertLength = 128, ActivationEnd = AlertLength + 4 + 8;
    private static readonly UInt128 Alert = new(0x19BC0EA2_E3DDAFE9, 0x86852D95_6209F392);

    private int _highs, _lead, _count;
    private bool _collects;
    private UInt128 _bits;
    private uint _code;

    public SwjProtocol Protocol { get; private set; }

    public void PowerOn(SwjProtocol start) => (Protocol, _highs, _collects) = (start, 0, false);

    /// <summary>Takes one sampled bit. True: it ended a switch sequence, see <see cref="Protocol"/>.</summary>
    public bool Clock(bool bit)
    {
        if (bit)
        {
            _highs++;
            return _collects && Collect(1);
        }
        if (_highs >= MinimumLead)
        {
            (_collects, _lead, _count, _bits, _code) = (true, _highs, 0, 0, 0);
        }
        _highs = 0;
        return _collects && Collect(0);
    }

    /// <summary>The bit just taken completed a line reset.</summary>
    public bool LineReset => _highs == ResetClocks && Protocol == SwjProtocol.Swd;

    private int MinimumLead => Protocol switch { SwjProtocol.Swd => ResetClocks, SwjProtocol.Jtag => 5, _ => 8 };

    private bool Collect(uint bit)
    {
        if (_count < AlertLength) _bits |= (UInt128)bit << _count;
        else _code |= bit << _count - AlertLength;
        _count++;
        switch (Protocol)
        {
            case SwjProtocol.Dormant:
                if (_count == AlertLength && _bits != Alert) _collects = false;
                else if (_count == ActivationEnd)
                {
                    _collects = false;
                    // Four low clocks, then the code.
                    if (_code == ActivateSwDp << 4) return Switch(SwjProtocol.Swd);
                    if (_code == ActivateJtagDp << 4) return Switch(SwjProtocol.Jtag);
                }
                return false;
            case SwjProtocol.Swd:
                if (_count < 16) return false;
                _collects = false;
                return (uint)_bits switch
                {
                    JtagToSwd => Switch(SwjProtocol.Swd),
                    SwdToJtag => Switch(SwjProtocol.Jtag),
                    SwdToDormant when knowsDormant => Switch(SwjProtocol.Dormant),
                    _ => false,
                };
            default:
                if (_count == 16 && _lead >= ResetClocks && (uint)_bits == JtagToSwd) return Switch(SwjProtocol.Swd);
                if (_count < 31) return false;
                _collects = false;
                return knowsDormant && (uint)_bits == JtagToDormant && Switch(SwjProtocol.Dormant);
        }
    }

    private bool Switch(SwjProtocol protocol)
    {
        // The high bits that end a sequence do not count towards the line reset that must follow.
        (Protocol, _highs, _collects) = (protocol, 0, false);
        return true;
    }
}
