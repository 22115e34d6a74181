namespace SharpProbe.Sim.Chips.Usb;

/// <summary>Global registers (RM0431 and RM0433, "OTG global registers").</summary>
public sealed partial class Otg
{
    private const uint CoreReset = 1, RxFlush = 1 << 4, TxFlush = 1 << 5, AllFifos = 0x10, AhbIdle = 1u << 31;
    /// <summary>GINTSTS bits that software clears by writing ones.</summary>
    private const uint ClearedByOne = 0xF8F0_FC0A;
    private const int Mmis = 1, Sof = 3, Esusp = 10, Usbsusp = 11, Usbrst = 12, Enumdne = 13, Rstdet = 23, Srqint = 30, Wkupint = 31;
    /// <summary>Release 3.30a, as TinyUSB's collection of register dumps has it for the F723 and the H743.</summary>
    private const uint CoreId = 0x4F54_330A;
    /// <summary>No figures in the manuals, only that software waits for the bits; the order is that of PHY clocks.</summary>
    private const ulong ResetTime = TimeBase.Second / 1_000_000, FlushTime = TimeBase.Second / 4_000_000;

    private Register _gotgctl = null!, _gotgint = null!, _gahbcfg = null!, _gusbcfg = null!, _grstctl = null!, _gintsts = null!, _gintmsk = null!, _grxstsr = null!,
        _grxstsp = null!, _grxfsiz = null!, _gccfg = null!, _pcgcctl = null!;
    private bool _resetting;

    private void AddGlobal()
    {
        bool hs = Facts.HighSpeedCore;
        _gotgctl = Add(new()
        {
            Name = "GOTGCTL", Offset = 0x00, Reset = 0x1_0000, ReadMask = 0x003F_1FFF, WriteMask = 0x0010_1EFE, OnRead = () => _gotgctl.Value | (SessionValid ? 1u << 19 : 0),
            Unmodelled = [new("SRQ", 1 << 1), new("HNPRQ", 1 << 9), new("HSHNPEN", 1 << 10), new("DHNPEN", 1 << 11), new("EHEN", 1 << 12)],
        });
        _gotgint = Add(new() { Name = "GOTGINT", Offset = 0x04, ReadMask = 0x1E_0304, WriteMask = 0, ClearByOne = 0x1E_0304 });
        uint ahb = hs ? 0x1BFu : 0x181;
        _gahbcfg = Add(new() { Name = "GAHBCFG", Offset = 0x08, ReadMask = ahb, WriteMask = ahb, Unmodelled = [new("DMAEN", 1 << 5)] });
        uint usb = hs ? 0x63FE_BF57u : 0x6000_3F47;
        _gusbcfg = Add(new()
        {
            Name = "GUSBCFG", Offset = 0x0C, Reset = Facts.Configuration, ReadMask = usb, WriteMask = usb & ~(Facts.Configuration & 1u << 6),
            Unmodelled = [new("SRPCAP", 1 << 8), new("HNPCAP", 1 << 9), new("FHMOD", 1 << 29), new("ULPI options", 0x03FE_8010)],
        });
        _grstctl = Add(new() { Name = "GRSTCTL", Offset = 0x10, Reset = AhbIdle, ReadMask = hs ? 0xC000_07F7 : 0x8000_07F7, WriteMask = 0x7F1, Unmodelled = [new("PSRST", 1 << 1), new("FCRST", 1 << 2)], OnWrite = WriteGrstctl });
        _gintsts = Add(new() { Name = "GINTSTS", Offset = 0x14, Reset = 0x0400_0020, ReadMask = 0xFFFC_FCFF, WriteMask = 0, ClearByOne = ClearedByOne, OnRead = () => Interrupts });
        _gintmsk = Add(new()
        {
            Name = "GINTMSK", Offset = 0x18, ReadMask = 0xFFFC_FCFE, WriteMask = 0xFCFC_FCFE, OnWrite = (_, _) => FollowFrames(),
            Unmodelled = [new("NPTXFEM", 1 << 5), new("PTXFEM", 1 << 26)],
        });
        _grxstsr = Add(new() { Name = "GRXSTSR", Offset = 0x1C, ReadMask = 0x01FF_FFFF, WriteMask = 0 });
        _grxstsp = Add(new() { Name = "GRXSTSP", Offset = 0x20, ReadMask = 0x01FF_FFFF, WriteMask = 0 });
        _grxfsiz = Add(new() { Name = "GRXFSIZ", Offset = 0x24, Reset = 0x200, ReadMask = 0xFFFF, WriteMask = 0xFFFF, LockMask = ~0u, LockedBy = () => _rx.Empty ? null : "the receive FIFO is not empty" });
        _gccfg = Add(new()
        {
            Name = "GCCFG", Offset = 0x38, ReadMask = 0x00BF_000F, WriteMask = 0x00BF_0000,
            Unmodelled = [new("BCDEN", 1 << 17), new("DCDEN", 1 << 18), new("PDEN", 1 << 19), new("SDEN", 1 << 20), .. _phy.HighSpeed ? [new BitName("PWRDWN", 1 << 16)] : new[] { new BitName("PHYHSEN", 1 << 23) }],
        });
        Add(new() { Name = "CID", Offset = 0x3C, Reset = Facts.Product });
        Add(new() { Name = "GSNPSID", Offset = 0x40, Reset = CoreId, WriteMask = 0 });
        _pcgcctl = Add(new() { Name = "PCGCCTL", Offset = 0xE00, ReadMask = 0x13, WriteMask = 0x3, OnWrite = (_, _) => StopClock() });
    }

    /// <summary>GAHBCFG.TXFELVL: TXFE means empty, not half empty.</summary>
    internal bool EmptyMeansEmpty => _gahbcfg[7];

    /// <summary>GINTSTS as it reads now.</summary>
    private uint Interrupts
    {
        get
        {
            uint daint = Daint & _daintmsk.Value;
            return _gintsts.Value
                | (_gotgint.Value != 0 ? 1u << 2 : 0) | (_rx.Waiting ? 1u << 4 : 0) | (GlobalInNak ? 1u << 6 : 0) | (GlobalOutNakSeen ? 1u << 7 : 0)
                | ((daint & 0xFFFF) != 0 ? 1u << 18 : 0) | (daint >> 16 != 0 ? 1u << 19 : 0);
        }
    }

    private bool PhyPowered => (_gccfg.Value & _phy.Power.Mask) != 0;

    /// <summary>Why there is no PHY clock, or null.</summary>
    private string? NoClock => _phy.NoClock(fullSpeedSelected: _gusbcfg[6], PhyPowered);

    private void WriteGrstctl(uint old, uint written)
    {
        if ((old & (CoreReset | RxFlush | TxFlush)) != 0 && (written & (CoreReset | RxFlush | TxFlush)) != 0)
            throw new BenchStop($"{Name}.GRSTCTL: 0x{written:X8} written while 0x{old:X8} says that the last reset or flush is under way");
        if ((written & CoreReset) == 0)
        {
            Flush(written);
            return;
        }
        _grstctl.Value = old;
        if (NoClock is { } why) throw new BenchStop($"{Name}.GRSTCTL: CSRST would stay set for ever: {why}");
        SoftReset();
    }

    /// <summary>All but what the manual excepts: GCCFG, PCGCCTL, DCFG.DSPD and DCTL.SDIS; the choices of transceiver and mode in GUSBCFG stay as well.</summary>
    private void SoftReset()
    {
        var (gusbcfg, gccfg, speed, sdis) = (_gusbcfg.Value, _gccfg.Value, _dcfg.Value & 3, _dctl.Value & SoftDisconnect);
        base.Reset();
        ClearCore();
        (_gusbcfg.Value, _gccfg.Value) = (gusbcfg, gccfg);
        _dcfg.Value = _dcfg.Value & ~3u | speed;
        _dctl.Value = _dctl.Value & ~SoftDisconnect | sdis;
        _resetting = true;
        _grstctl.Value = CoreReset;
        Later(ResetTime, () =>
        {
            _resetting = false;
            _grstctl.Value = AhbIdle;
        });
    }

    private void StopClock()
    {
        if (_pcgcctl[0] && Attached && !_suspended) throw new BenchStop($"{Name}.PCGCCTL: STPPCLK set while the bus is not suspended (DSTS.SUSPSTS = 0)");
    }
}
